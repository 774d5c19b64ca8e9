#include "tests/model/world_csv.hpp"

#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <string>

#include "formats/csv_text.hpp"
#include "tests/model/plain_rules.hpp"

namespace offcirc::model {

namespace {

// The columns of users.csv that PlainUser::fields may contain.
constexpr const char* k_user_fields[] = {"last_name",  "first_name", "middle_name", "alternate_name",
                                         "birth_date", "email",      "phone",       "language",
                                         "address",    "categories", "department",  "registered_on"};

std::string row_of(std::initializer_list<std::string> cells) {
  std::string row;
  for (const std::string& cell : cells) {
    if (&cell != cells.begin()) row += ',';
    append_csv_field(row, cell);
  }
  return row;
}

std::string day_cell(Day day) {
  return day == k_no_expiry ? "" : iso_date(day);
}

std::string money_cell(Cents cents) {
  std::string digits = std::to_string(std::llabs(cents));
  while (digits.size() < 3) digits.insert(0, "0");
  digits.insert(digits.size() - 2, ".");
  return (cents < 0 ? "-" : "") + digits;
}

std::string list_cell(const std::set<std::string>& list) {
  std::string cell;
  for (const std::string& one : list) cell += (cell.empty() ? "" : ";") + one;
  return cell;
}

std::string users_text(const World& world) {
  std::string text = "user_id,profile,library,barred,claims_returned,expires_on,alternate_ids,inactive_ids";
  for (const char* name : k_user_fields) text += std::string(",") + name;
  for (auto& [user_id, user] : world.users) {
    text += "\n" + row_of({user_id, user.profile, user.library, user.barred ? "true" : "false",
                           std::to_string(user.claims_returned), day_cell(user.expires_on),
                           list_cell(user.alternate_ids), list_cell(user.inactive_ids)});
    for (const char* name : k_user_fields) {
      auto field = user.fields.find(name);
      text += ",";
      append_csv_field(text, field == user.fields.end() ? "" : field->second);
    }
  }
  return text + "\n";
}

std::string items_text(const World& world, const Zone& zone) {
  std::string text =
      "item_id,title_id,title,item_type,library,home_location,current_location,last_action_at,last_action\n";
  for (auto& [item_id, item] : world.items) {
    // The title and the last action have the same names as in the bridge, so that messages are equal as well.
    text += row_of({item_id, item.title_id, item.title_id, item.item_type, item.library, item.home_location,
                    item.current_location, iso_time(item.last_action_at, zone), "Discharge"}) +
            "\n";
  }
  return text;
}

std::string charges_text(const World& world, const Zone& zone) {
  std::string text = "item_id,user_id,library,charged_at,due_at,rule,renewals,claims_returned_on\n";
  for (auto& [item_id, charge] : world.charges) {
    text += row_of({item_id, charge.user_id, charge.library, iso_time(charge.charged_at, zone),
                    iso_time(charge.due_at, zone), charge.rule, std::to_string(charge.renewals),
                    charge.is_claimed() ? iso_date(civil_day(zone, charge.claimed_at)) : ""}) +
            "\n";
  }
  return text;
}

std::string holds_text(const World& world, const Zone& zone) {
  std::string text = "hold_id,level,title_id,item_id,user_id,pickup_library,placed_at,status,expires_on\n";
  for (auto& [hold_id, hold] : world.holds) {
    text += row_of({hold_id, hold.item_level ? "item" : "title", hold.title_id, hold.item_id, hold.user_id,
                    hold.pickup_library, iso_time(hold.placed_at, zone), hold.status, day_cell(hold.expires_on)}) +
            "\n";
  }
  return text;
}

std::string bills_text(const World& world, const Zone& zone) {
  std::string text = "bill_id,user_id,item_id,reason,amount,library,billed_at\n";
  for (auto& [bill_id, bill] : world.bills) {
    text += row_of({bill_id, bill.user_id, bill.item_id, bill.reason, money_cell(bill.amount), bill.library,
                    iso_time(bill.billed_at, zone)}) +
            "\n";
  }
  return text;
}

}  // namespace

std::vector<std::filesystem::path> write_world(const World& world, const Zone& zone,
                                               const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  auto write = [&](const char* name, const std::string& text) {
    paths.push_back(folder / name);
    std::ofstream(paths.back(), std::ios::binary) << text;
  };
  write("users.csv", users_text(world));
  write("items.csv", items_text(world, zone));
  write("charges.csv", charges_text(world, zone));
  write("holds.csv", holds_text(world, zone));
  write("bills.csv", bills_text(world, zone));
  return paths;
}

}  // namespace offcirc::model
