#include "tests/bench/load/line_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/circulation/codes.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/rules/namesakes.hpp"

namespace offcirc::bench {
namespace {

constexpr std::string_view k_user =
    "SELECT u.user_no, u.user_id, u.profile, u.library, u.barred, u.claims_returned, u.expires_on, u.last_name, "
    "u.first_name, u.middle_name, u.alternate_name, u.birth_date, u.email, u.phone, u.language, u.address, "
    "u.categories, u.department";
constexpr int k_after_details = 18;

std::string hold_sql(std::string_view owner) {
  return fmt::format(
      "SELECT hold_no, hold_id, user_no, item_no, pickup_library, status, placed_at, expires_on FROM holds "
      "WHERE {} = ?1 AND item_level = ?2 AND status <> 'filled' ORDER BY placed_at DESC, hold_id DESC",
      owner);
}

std::string date_text(const Statement& row, int column) {
  return row.is_null(column) ? std::string() : iso_date(static_cast<Day>(row.integer(column)));
}

}  // namespace

LineState::LineState(Database& database, Policy& policy, State& state, const Carried& carried)
    : m_policy(policy),
      m_state(state),
      m_carried(carried),
      m_user_by_id(database, fmt::format("{} FROM users u WHERE u.user_id = ?1", k_user)),
      m_user_by_alias(database, fmt::format("{}, a.kind = 'alternate' FROM user_aliases a CROSS JOIN users u "
                                            "ON u.user_no = a.user_no WHERE a.id = ?1",
                                            k_user)),
      m_user_by_row(database, fmt::format("{} FROM users u WHERE u.user_no = ?1", k_user)),
      m_namesakes(database, fmt::format("{} FROM users u WHERE u.folded_last_name = ?1 "
                                        "ORDER BY u.user_no > ?2, iif(u.user_no > ?2, u.user_no, NULL), u.user_id",
                                        k_user)),
      m_item(database,
             "SELECT i.item_no, i.item_id, i.title_no, i.title_text, i.item_type, i.library, i.home_location, "
             "i.current_location, i.last_action_at, i.last_action, c.user_no, r.occurred_at, r.kind, r.library, "
             "r.station, r.bill_cents "
             "FROM items i LEFT JOIN charges c ON c.item_no = i.item_no "
             "LEFT JOIN results r ON r.result = i.last_result AND r.result < ?2 WHERE i.item_id = ?1"),
      m_charges(database,
                "SELECT c.item_no, c.library, c.rule, c.charged_at, c.due_at, c.renewals, c.claims_returned_on "
                "FROM charges c CROSS JOIN items i ON i.item_no = c.item_no WHERE c.user_no = ?1 "
                "ORDER BY c.charged_at DESC, i.item_id DESC"),
      m_bills(database,
              "SELECT bill_no, bill_id, item_no, amount_cents, reason, library, billed_at FROM bills "
              "WHERE user_no = ?1 AND amount_cents <> 0 "
              "ORDER BY bill_no > ?2 DESC, iif(bill_no > ?2, bill_no, NULL) DESC, billed_at DESC, bill_id DESC"),
      m_title_holds(database, hold_sql("title_no")),
      m_item_holds(database, hold_sql("item_no")),
      m_copy(database, "SELECT item_id FROM items WHERE item_no = ?1") {
  state = Fetch(database, ReadSet{}, policy).run();
}

void LineState::read_codes(Database& database) {
  const CodeTables tables(database);
  for (const auto& [code, row] : tables.libraries.all()) m_libraries.emplace(row, m_policy.find_library(code));
  for (const auto& [code, row] : tables.profiles.all()) m_profiles.emplace(row, m_policy.find_profile(code));
  for (const auto& [code, row] : tables.item_types.all())
    m_item_types.emplace(row, static_cast<CodeIndex>(m_item_types.size()));
  for (const auto& [code, row] : tables.locations.all()) m_locations.emplace(row, m_state.location(code));
  for (const auto& [text, row] : tables.rules.all()) {
    CirculationRule rule = parse_rule(text).value_or(CirculationRule{});
    rule.text = text;
    m_rules.emplace(row, m_state.rule(rule));
  }
}

void LineState::fetch(const Entry& entry, ReadSet& read_set) {
  m_state.users.clear();
  m_state.items.clear();
  m_state.earlier_actions.clear();
  m_state.last_actions.clear();
  m_state.titles.clear();
  m_state.charges.clear();
  m_state.free_charges.clear();
  m_state.holds.clear();
  m_state.bills.clear();
  m_state.details.clear();
  m_state.uses.clear();
  m_state.renewals.clear();
  m_state.user_of_key.assign(1, {});
  m_state.item_of_key.assign(1, k_none);
  m_state.namesakes.assign(1, {});
  m_state.text->release();
  read_set.folded_last_names.clear();
  if (!entry.user_id.empty()) fetch_user(entry);
  if (!entry.item_id.empty()) fetch_item(entry);
  const auto users = static_cast<Slot>(m_state.users.size());
  for (Slot user = 0; user < users; ++user) {
    fetch_charges(user);
    fetch_bills(user);
  }
  if (entry.transaction->registration != nullptr) fetch_registration(entry, read_set);
  for (Statement* one_row : {&m_user_by_id, &m_user_by_alias, &m_user_by_row, &m_item, &m_copy}) one_row->reset();
}

void LineState::fetch_user(const Entry& entry) {
  if (m_user_by_id.with(entry.user_id).next()) {
    m_state.user_of_key[0] = {add_user(m_user_by_id), FoundBy::id};
    if (entry.transaction->registration != nullptr) add_details(0, m_user_by_id);
  } else if (m_user_by_alias.with(entry.user_id).next()) {
    const bool alternate = m_user_by_alias.integer(k_after_details) != 0;
    m_state.user_of_key[0] = {add_user(m_user_by_alias), alternate ? FoundBy::alternate_id : FoundBy::inactive_id};
    if (entry.transaction->registration != nullptr) add_details(0, m_user_by_alias);
  }
}

void LineState::fetch_item(const Entry& entry) {
  if (!m_item.with(entry.item_id, m_carried.first_result).next()) return;
  const Statement& row = m_item;
  m_state.item_of_key[0] = 0;
  Item& item = m_state.items.emplace_back();
  item.row = row.integer(0);
  item.id = m_state.keep(row.text(1));
  if (!row.is_null(2)) {
    m_state.titles.push_back({row.integer(2), k_none});
    item.title_slot = 0;
  }
  item.title = m_state.keep(row.text(3));
  item.item_type = index_of(m_item_types, row, 4, k_no_code);
  item.library = index_of(m_libraries, row, 5, k_no_library);
  item.home_location = index_of(m_locations, row, 6, k_no_code);
  item.current_location = index_of(m_locations, row, 7, k_no_code);
  item.last_action_at = row.integer_or(8, k_no_time);
  item.last_action = m_state.last_action(row.text(9));
  if (!row.is_null(11)) {
    m_state.set_earlier_action(item, {row.integer(11), find_kind(row.text(12)).value_or(Kind::unsupported),
                                      m_state.keep(row.text(13)), m_state.keep(row.text(14)), row.integer_or(15, 0)});
  }
  if (const auto carried = m_carried.items.find(item.row); carried != m_carried.items.end()) {
    item.last_entry = carried->second.last_entry;
    item.checked_in_at = carried->second.checked_in_at;
  }
  if (!row.is_null(10)) user_of_row(row.integer(10));
  if (item.title_slot != k_none) fetch_holds(m_title_holds, m_state.titles[0].row, false, m_state.titles[0].first_hold);
  fetch_holds(m_item_holds, item.row, true, item.first_hold);
  fetch_other_copies();
}

// Fetches the copies that holds were routed for: a checkout that fills such a hold frees its copy for another hold.
void LineState::fetch_other_copies() {
  for (Slot slot = 0; slot < m_state.holds.size(); ++slot) {
    const auto routed = m_carried.routed_items.find(m_state.holds[slot].row);
    if (routed == m_carried.routed_items.end()) continue;
    const Slot copy = copy_of_row(routed->second);
    m_state.holds[slot].routed_item = copy;
  }
}

Slot LineState::copy_of_row(Row row) {
  for (Slot item = 0; item < m_state.items.size(); ++item)
    if (m_state.items[item].row == row) return item;
  const auto slot = static_cast<Slot>(m_state.items.size());
  m_copy.with(row).next();
  Item& copy = m_state.items.emplace_back();
  copy.row = row;
  copy.id = m_state.keep(m_copy.text(0));
  copy.title_slot = m_state.items[0].title_slot;
  Slot first = k_none;
  fetch_holds(m_item_holds, row, true, first);
  m_state.items[slot].first_hold = first;
  return slot;
}

void LineState::fetch_registration(const Entry& entry, ReadSet& read_set) {
  const std::string name = folded_name(entry.transaction->registration->last_name);
  if (name.empty()) return;
  read_set.folded_last_names.push_back(name);
  m_namesakes.with(std::string_view(name), m_carried.last_user);
  while (m_namesakes.next()) {
    const Row row = m_namesakes.integer(0);
    const auto known =
        std::find_if(m_state.users.begin(), m_state.users.end(), [&](const User& user) { return user.row == row; });
    const Slot user =
        known == m_state.users.end() ? add_user(m_namesakes) : static_cast<Slot>(known - m_state.users.begin());
    add_details(user, m_namesakes);
    m_state.namesakes[0].push_back(user);
  }
}

void LineState::fetch_charges(Slot user) {
  m_charges.with(m_state.users[user].row);
  while (m_charges.next()) {
    const auto slot = static_cast<Slot>(m_state.charges.size());
    Charge& charge = m_state.charges.emplace_back();
    charge.user = user;
    charge.item_row = m_charges.integer(0);
    charge.library = index_of(m_libraries, m_charges, 1, k_no_library);
    charge.rule = index_of(m_rules, m_charges, 2, k_no_code);
    charge.charged_at = m_charges.integer_or(3, k_no_time);
    charge.due_at = m_charges.integer(4);
    charge.renewals = static_cast<int>(m_charges.integer(5));
    if (!m_charges.is_null(6))
      charge.claims_returned_at = m_policy.zone.start_of(static_cast<Day>(m_charges.integer(6)));
    if (!m_state.items.empty() && m_state.items[0].row == charge.item_row) {
      charge.item = 0;
      m_state.items[0].charge = slot;
      if (const auto carried = m_carried.items.find(charge.item_row); carried != m_carried.items.end()) {
        charge.renewed_at = carried->second.renewed_at;
        charge.renewed_by_checkout = carried->second.renewed_by_checkout;
        charge.in_database = !carried->second.charged_by_load;
        for (const Renewal& renewal : carried->second.renewals) {
          m_state.renewals.push_back({renewal.at, renewal.bill_cents, charge.last_renewal});
          charge.last_renewal = static_cast<Slot>(m_state.renewals.size() - 1);
        }
      }
    }
    charge.next_of_user = m_state.users[user].first_charge;
    m_state.users[user].first_charge = slot;
  }
}

void LineState::fetch_bills(Slot user) {
  m_bills.with(m_state.users[user].row, m_carried.last_bill);
  while (m_bills.next()) {
    const auto slot = static_cast<Slot>(m_state.bills.size());
    Bill& bill = m_state.bills.emplace_back();
    bill.user = user;
    bill.row = m_bills.integer(0);
    bill.bill_id = m_state.keep(m_bills.text(1));
    bill.item_row = m_bills.integer_or(2, 0);
    bill.amount_cents = m_bills.integer(3);
    bill.reason = m_state.keep(m_bills.text(4));
    bill.library = index_of(m_libraries, m_bills, 5, k_no_library);
    bill.billed_at = m_bills.integer_or(6, k_no_time);
    bill.next_of_user = m_state.users[user].first_bill;
    m_state.users[user].first_bill = slot;
  }
}

void LineState::fetch_holds(Statement& holds, Row owner, bool item_level, Slot& first) {
  holds.with(owner, std::int64_t{item_level});
  while (holds.next()) {
    Hold& hold = m_state.holds.emplace_back();
    hold.row = holds.integer(0);
    hold.hold_id = m_state.keep(holds.text(1));
    hold.user_row = holds.integer(2);
    hold.item_row = holds.integer_or(3, 0);
    hold.pickup_library = index_of(m_libraries, holds, 4, k_no_library);
    hold.item_level = item_level;
    hold.status = hold_status_called(holds.text(5)).value_or(HoldStatus::waiting);
    hold.placed_at = holds.integer_or(6, k_no_time);
    hold.expires_on = static_cast<Day>(holds.integer_or(7, INT32_MAX));
    hold.next = first;
    first = static_cast<Slot>(m_state.holds.size() - 1);
  }
}

Slot LineState::user_of_row(Row row) {
  for (Slot user = 0; user < m_state.users.size(); ++user)
    if (m_state.users[user].row == row) return user;
  m_user_by_row.with(row).next();
  return add_user(m_user_by_row);
}

Slot LineState::add_user(const Statement& row) {
  User& user = m_state.users.emplace_back();
  user.row = row.integer(0);
  user.id = m_state.keep(row.text(1));
  user.profile = index_of(m_profiles, row, 2, k_no_profile);
  user.library = index_of(m_libraries, row, 3, k_no_library);
  user.barred = row.integer(4) != 0;
  user.claims_returned = static_cast<int>(row.integer(5));
  user.expires_on = static_cast<Day>(row.integer_or(6, INT32_MAX));
  if (const auto by = m_carried.registered_by.find(user.row); by != m_carried.registered_by.end())
    user.registered_by = by->second;
  return static_cast<Slot>(m_state.users.size() - 1);
}

void LineState::add_details(Slot user, const Statement& row) {
  if (m_state.users[user].details != k_none) return;
  m_state.users[user].details = static_cast<Slot>(m_state.details.size());
  const auto text = [&](int column) { return std::string(row.text(column)); };
  m_state.details.push_back({text(7), text(8), text(9), text(10), date_text(row, 11), text(12), text(13), text(14),
                             text(15), text(16), text(17), date_text(row, 6)});
}

}  // namespace offcirc::bench
