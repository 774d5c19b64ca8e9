#include "tests/rules/afterwards.hpp"

#include "tests/rules/values.hpp"

namespace offcirc::tables {

namespace {

/// Column -> value, as a table would show it.
using Facts = std::map<std::string, std::string>;

Facts facts_of_user(const std::string& user_id, const model::World& world) {
  auto found = world.users.find(user_id);
  if (found == world.users.end()) return {{"record", "no"}};
  const model::PlainUser& user = found->second;
  Cents owed = 0;
  for (auto& [bill_id, bill] : world.bills) owed += bill.user_id == user_id ? bill.amount : 0;
  Facts facts = {{"record", "yes"}, {"owes", money_text(owed)}, {"profile", user.profile}, {"library", user.library}};
  facts["expires"] = user.expires_on == model::k_no_expiry ? "none" : day_text(user.expires_on);
  auto field = [&](const char* name) { return user.fields.count(name) > 0 ? user.fields.at(name) : "none"; };
  facts["last name"] = field("last_name");
  facts["first name"] = field("first_name");
  facts["born"] = field("birth_date");
  facts["e-mail"] = field("email");
  facts["phone"] = field("phone");
  return facts;
}

Facts facts_of_charge(const std::string& item_id, const model::World& world, const Zone& zone) {
  auto found = world.charges.find(item_id);
  if (found == world.charges.end()) return {{"user", "nobody"}};
  const model::PlainCharge& charge = found->second;
  return {{"user", charge.user_id},
          {"library", charge.library},
          {"rule", charge.rule},
          {"charged", time_text(charge.charged_at, zone)},
          {"due", time_text(charge.due_at, zone)},
          {"renewals", std::to_string(charge.renewals)},
          {"claimed", charge.is_claimed() ? time_text(charge.claimed_at, zone) : "no"}};
}

Facts facts_of_hold(const std::string& hold_id, const model::World& world) {
  auto found = world.holds.find(hold_id);
  if (found == world.holds.end()) return {{"status", "filled"}};
  return {{"status", found->second.status}, {"item", found->second.item_id.empty() ? "none" : found->second.item_id}};
}

Facts facts_of_bill(const model::PlainBill& bill, const Zone& zone) {
  return {{"user", bill.user_id},    {"item", bill.item_id.empty() ? "none" : bill.item_id},
          {"reason", bill.reason},   {"amount", money_text(bill.amount)},
          {"library", bill.library}, {"billed", time_text(bill.billed_at, zone)}};
}

/// `new` stands for any bill that the load created.
std::vector<Facts> facts_of_bills(const std::string& bill_id, const model::World& world, const Zone& zone) {
  std::vector<Facts> all;
  for (auto& [id, bill] : world.bills) {
    if (id == bill_id || (bill_id == "new" && id.rfind("new-", 0) == 0)) all.push_back(facts_of_bill(bill, zone));
  }
  if (all.empty()) all.push_back({{"amount", "none"}});
  return all;
}

std::vector<Facts> facts_of_uses(const std::string& library, const model::World& world) {
  std::vector<Facts> all;
  for (auto& [key, count] : world.uses) {
    if (std::get<0>(key) != library) continue;
    std::string type = std::get<2>(key).empty() ? "none" : std::get<2>(key);
    all.push_back({{"day", day_text(std::get<1>(key))}, {"type", type}, {"count", std::to_string(count)}});
  }
  if (all.empty()) all.push_back({{"count", "none"}});
  return all;
}

/// Everything in the world with the ID of the row.
std::vector<Facts> facts_of(const std::string& table, const std::string& id, const model::World& world,
                            const Zone& zone) {
  if (table == "user") return {facts_of_user(id, world)};
  if (table == "charge") return {facts_of_charge(id, world, zone)};
  if (table == "hold") return {facts_of_hold(id, world)};
  if (table == "bill") return facts_of_bills(id, world, zone);
  if (table == "use") return facts_of_uses(id, world);
  return {{{"location", world.items.at(id).current_location}}};
}

/// The cell in the form that the facts use; fails if its value is impossible.
std::string normal(const Cell& cell, const Zone& zone) {
  const std::string& column = cell.column;
  if (cell.text == "none" || cell.text == "no" || cell.text == "nobody") return cell.text;
  if (column == "charged" || column == "billed" || column == "due" || column == "claimed")
    return time_text(due_in(cell, zone), zone);
  if (column == "day" || column == "expires") return day_text(day_in(cell));
  if (column == "owes" || column == "amount") return money_text(money_in(cell));
  if (column == "renewals" || column == "count") return std::to_string(number_in(cell));
  return cell.text;
}

std::string text_of(const std::vector<Facts>& all) {
  std::string text;
  for (const Facts& facts : all) {
    if (!text.empty()) text += "; ";
    std::string separator;
    for (auto& [column, value] : facts) {
      text += separator;
      text += column + " " + value;
      separator = ", ";
    }
  }
  return text;
}

bool is_so(const TableRow& row, const Facts& facts, const std::string& key_column, const Zone& zone) {
  for (auto& [column, text] : row.cells) {
    if (column == key_column || text.empty()) continue;
    auto fact = facts.find(column);
    if (fact == facts.end() || fact->second != normal(row.cell(column), zone)) return false;
  }
  return true;
}

}  // namespace

std::string contradiction(const std::string& table, const TableRow& row, const model::World& world, const Zone& zone) {
  std::string id = row.text(table);
  if (table == "item" && world.items.count(id) == 0) row.cell(table).fail("an item of the tables");
  std::vector<Facts> all = facts_of(table, id, world, zone);
  for (const Facts& facts : all) {
    if (is_so(row, facts, table, zone)) return "";
  }
  return text_of(all);
}

}  // namespace offcirc::tables
