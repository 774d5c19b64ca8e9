#include "tests/rules/scene.hpp"
#include "tests/rules/values.hpp"

namespace offcirc::tables {

namespace {

/// Sets the value if the cell is not empty.
void set_text(const Cell& cell, std::string& into) {
  if (!cell.empty()) into = cell.text;
}

void set_time(const Cell& cell, const Zone& zone, Seconds& into) {
  if (!cell.empty()) into = time_in(cell, zone);
}

Seconds usual_time(int month, int day, const Zone& zone) {
  std::string date = "0" + std::to_string(month) + "-0" + std::to_string(day) + " 10:00";
  return time_in({"", "", date}, zone);
}

}  // namespace

void add_user(const TableRow& row, model::World& world) {
  model::PlainUser& user = world.users[row.text("user")];
  if (user.profile.empty()) user.profile = "PUBLIC";
  if (user.library.empty()) user.library = "OSH";
  set_text(row.cell("profile"), user.profile);
  set_text(row.cell("library"), user.library);
  if (!row.cell("barred").empty()) user.barred = answer_in(row.cell("barred"));
  if (!row.cell("claims").empty()) user.claims_returned = number_in(row.cell("claims"));
  if (!row.cell("expires").empty()) user.expires_on = day_in(row.cell("expires"));
  for (const std::string& card : row.cell("other card").words()) user.alternate_ids.insert(card);
  for (const std::string& card : row.cell("lost card").words()) user.inactive_ids.insert(card);
  const std::map<std::string, std::string> columns = {{"last name", "last_name"},
                                                      {"first name", "first_name"},
                                                      {"born", "birth_date"},
                                                      {"e-mail", "email"},
                                                      {"phone", "phone"}};
  for (auto& [column, field] : columns) {
    if (!row.cell(column).empty()) user.fields[field] = row.text(column);
  }
}

void add_item(const TableRow& row, const Zone& zone, model::World& world) {
  bool is_new = world.items.count(row.text("item")) == 0;
  model::PlainItem& item = world.items[row.text("item")];
  if (is_new) {
    item.item_type = "BOOK";
    item.library = "OSH";
    item.home_location = item.current_location = "STACKS";
  }
  set_text(row.cell("title"), item.title_id);
  set_text(row.cell("type"), item.item_type);
  set_text(row.cell("library"), item.library);
  set_text(row.cell("home"), item.home_location);
  if (!row.cell("home").empty()) item.current_location = item.home_location;
  set_text(row.cell("location"), item.current_location);
  set_time(row.cell("last action"), zone, item.last_action_at);
  if (!row.cell("earlier bill").empty()) item.earlier_bill = money_in(row.cell("earlier bill"));
  Cell earlier = row.cell("earlier load");
  if (earlier.empty()) return;
  std::string kind = earlier.words()[0];
  item.earlier_kind = kind_in(earlier, kind);
  item.earlier_at = time_in({earlier.where, earlier.column, earlier.text.substr(kind.size() + 1)}, zone);
}

void add_charge(const TableRow& row, const Zone& zone, model::World& world) {
  std::string item_id = row.text("charge");
  bool is_new = world.charges.count(item_id) == 0;
  model::PlainCharge& charge = world.charges[item_id];
  if (is_new) {
    charge.library = "OSH";
    charge.rule = "21D-10D-5M";
    charge.charged_at = usual_time(5, 1, zone);
    // A table that states the item's location does so in the item's row.
    model::PlainItem& item = world.items[item_id];
    if (item.current_location == item.home_location) item.current_location = "CHECKEDOUT";
  }
  set_text(row.cell("user"), charge.user_id);
  set_text(row.cell("library"), charge.library);
  set_text(row.cell("rule"), charge.rule);
  set_time(row.cell("charged"), zone, charge.charged_at);
  set_time(row.cell("claimed"), zone, charge.claimed_at);
  if (!row.cell("due").empty()) charge.due_at = due_in(row.cell("due"), zone);
  if (!row.cell("renewals").empty()) charge.renewals = number_in(row.cell("renewals"));
}

void add_hold(const TableRow& row, const Zone& zone, model::World& world) {
  model::PlainHold& hold = world.holds[row.text("hold")];
  hold.title_id = row.text("title");
  hold.item_id = row.text("item");
  hold.item_level = hold.title_id.empty();
  auto item = world.items.find(hold.item_id);
  if (hold.item_level && item != world.items.end()) hold.title_id = item->second.title_id;
  hold.user_id = row.text("user");
  hold.routed_copy = row.text("earlier copy");
  hold.pickup_library = "OSH";
  hold.placed_at = usual_time(6, 1, zone);
  set_text(row.cell("pickup"), hold.pickup_library);
  set_time(row.cell("placed"), zone, hold.placed_at);
  set_text(row.cell("status"), hold.status);
  if (hold.status != "waiting" && hold.status != "on-shelf" && hold.status != "in-transit")
    row.cell("status").fail("waiting, on-shelf or in-transit");
  if (!row.cell("expires").empty()) hold.expires_on = day_in(row.cell("expires"));
}

void add_bill(const TableRow& row, const Zone& zone, model::World& world) {
  model::PlainBill& bill = world.bills[row.text("bill")];
  bill.user_id = row.text("user");
  bill.item_id = row.text("item");
  bill.reason = "COPIES";
  bill.library = "OSH";
  bill.billed_at = usual_time(6, 1, zone);
  set_text(row.cell("reason"), bill.reason);
  set_text(row.cell("library"), bill.library);
  set_time(row.cell("billed"), zone, bill.billed_at);
  bill.amount = money_in(row.cell("amount"));
}

}  // namespace offcirc::tables
