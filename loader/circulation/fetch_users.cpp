#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "loader/circulation/fetch.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"

namespace offcirc {

namespace {

// In the order in which user_of() and add_details() read them.
constexpr std::string_view k_user_columns =
    "u.user_no, u.user_id, u.profile, u.library, u.barred, u.claims_returned, u.expires_on";
constexpr std::string_view k_detail_columns =
    "u.last_name, u.first_name, u.middle_name, u.alternate_name, u.birth_date, u.email, u.phone, u.language, "
    "u.address, u.categories, u.department";
constexpr int k_expires_on_column = 6;
constexpr int k_first_detail_column = 7;
constexpr int k_column_after_details = 18;

std::string date_text(const Statement& row, int column) {
  return row.is_null(column) ? std::string() : iso_date(static_cast<Day>(row.integer(column)));
}

}  // namespace

// Users end up in order of their IDs, whether the table is scanned or they are looked up.
void Fetch::fetch_users_by_id() {
  m_state.user_of_key.resize(m_read_set.user_ids.size());
  m_users.expect(m_read_set.user_ids.size(), last_row("users", "user_no"));
  const std::vector<std::uint32_t> order = in_order(m_read_set.user_ids);
  if (is_worth_a_scan(order.size(), "users", "user_no"))
    scan_users(order);
  else
    look_up_users(order);
}

// `order` has the key of each place, as in the next function.
void Fetch::scan_users(const std::vector<std::uint32_t>& order) {
  const LargeVector<std::string_view> ids = texts_in(order, m_read_set.user_ids);
  IdLookup places(ids);
  LargeVector<User> found(order.size());
  Statement users(m_database, fmt::format("SELECT {} FROM users u", k_user_columns));
  for (; users.next(); m_database.lines().add_one())
    if (const std::uint32_t place = places.find(users.text(1)); place != k_none) found[place] = user_of(users);
  m_state.users.reserve(order.size());
  for (std::size_t place = 0; place < order.size(); ++place)
    if (found[place].row != 0) m_state.user_of_key[order[place]] = {add_user(found[place]), FoundBy::id};
}

void Fetch::look_up_users(const std::vector<std::uint32_t>& order) {
  const ArrayTable given(
      m_database, "given", "id TEXT, key INTEGER", order.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(m_read_set.user_ids[order[row]], std::int64_t{order[row]}); });
  Statement users(m_database, fmt::format("SELECT {}, given.key FROM given CROSS JOIN users u ON u.user_id = given.id",
                                          k_user_columns));
  while (users.next()) {
    const auto key = static_cast<std::size_t>(users.integer(k_first_detail_column));
    m_state.user_of_key[key] = {add_user(users), FoundBy::id};
  }
}

void Fetch::fetch_users_by_alias() {
  std::vector<std::uint32_t> order = in_order(m_read_set.user_ids);
  std::erase_if(order, [&](std::uint32_t key) { return m_state.user_of_key[key].by != FoundBy::nothing; });
  const ArrayTable given(
      m_database, "given", "id TEXT, key INTEGER", order.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(m_read_set.user_ids[order[row]], std::int64_t{order[row]}); });
  Statement users(m_database, fmt::format("SELECT {}, given.key, a.kind = 'alternate' FROM given "
                                          "CROSS JOIN user_aliases a ON a.id = given.id "
                                          "CROSS JOIN users u ON u.user_no = a.user_no",
                                          k_user_columns));
  while (users.next()) {
    const auto key = static_cast<std::size_t>(users.integer(k_first_detail_column));
    const bool alternate = users.integer(k_first_detail_column + 1) != 0;
    m_state.user_of_key[key] = {add_user(users), alternate ? FoundBy::alternate_id : FoundBy::inactive_id};
  }
}

void Fetch::fetch_holders() {
  const ArrayTable wanted(m_database, "wanted", "user_no INTEGER", m_missing_holders.size(),
                          rows_of(m_missing_holders));
  Statement users(m_database, fmt::format("SELECT {} FROM wanted CROSS JOIN users u ON u.user_no = wanted.user_no "
                                          "ORDER BY u.user_id",
                                          k_user_columns));
  while (users.next()) add_user(users);
}

void Fetch::fetch_namesakes() {
  const auto& names = m_read_set.folded_last_names;
  m_state.namesakes.resize(names.size());
  const ArrayTable given(
      m_database, "given", "name TEXT, key INTEGER", names.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(names[row], static_cast<std::int64_t>(row)); });
  // A user without a last name is nobody's namesake.
  Statement users(m_database, fmt::format("SELECT {}, {}, given.key FROM given "
                                          "CROSS JOIN users u ON u.folded_last_name = given.name AND given.name <> '' "
                                          "ORDER BY u.user_id",
                                          k_user_columns, k_detail_columns));
  while (users.next()) {
    const Slot user = add_user(users);
    add_details(user, users);
    m_state.namesakes[static_cast<std::size_t>(users.integer(k_column_after_details))].push_back(user);
  }
}

void Fetch::fetch_registered_details() {
  std::vector<Row> rows;
  for (const std::uint32_t key : m_read_set.registered_keys) {
    const Slot user = m_state.user_of_key[key].slot;
    if (user != k_none) rows.push_back(m_state.users[user].row);
  }
  const ArrayTable wanted(m_database, "wanted", "user_no INTEGER", rows.size(), rows_of(rows));
  Statement users(m_database, fmt::format("SELECT {}, {} FROM wanted CROSS JOIN users u ON u.user_no = wanted.user_no",
                                          k_user_columns, k_detail_columns));
  while (users.next()) add_details(add_user(users), users);
}

// Reads all of added_users, since no index leads from a user to the load. Skipped if there are no edits.
void Fetch::mark_registered_by_loads() {
  std::unordered_map<Row, Slot> edited;
  for (const std::uint32_t key : m_read_set.edited_keys) {
    const Slot user = m_state.user_of_key[key].slot;
    if (user != k_none) edited.emplace(m_state.users[user].row, user);
  }
  if (edited.empty()) return;
  Statement users(m_database,
                  "SELECT a.user_no FROM added_users a CROSS JOIN loads l ON l.load = a.load "
                  "AND (l.undone_at IS NULL OR l.undone_in_part) WHERE json_type(a.content) = 'array'");
  while (users.next()) {
    const auto user = edited.find(users.integer(0));
    if (user != edited.end()) m_state.users[user->second].registered_by_earlier_load = true;
  }
}

User Fetch::user_of(const Statement& row) {
  User user;
  user.row = row.integer(0);
  user.id = m_state.keep(row.text(1));
  user.profile = index_of(m_profiles, row, 2, k_no_profile);
  user.library = index_of(m_libraries, row, 3, k_no_library);
  user.barred = row.integer(4) != 0;
  user.claims_returned = static_cast<int>(row.integer(5));
  user.expires_on = static_cast<Day>(row.integer_or(k_expires_on_column, INT32_MAX));
  return user;
}

Slot Fetch::add_user(const User& user) {
  const auto next = static_cast<Slot>(m_state.users.size());
  const Slot slot = m_users.add(user.row, next);
  if (slot == next) m_state.users.push_back(user);
  return slot;
}

void Fetch::add_details(Slot user, const Statement& row) {
  if (m_state.users[user].details != k_none) return;
  m_state.users[user].details = static_cast<Slot>(m_state.details.size());
  const auto text = [&](int detail) { return std::string(row.text(k_first_detail_column + detail)); };
  UserDetails& details = m_state.details.emplace_back();
  details.last_name = text(0);
  details.first_name = text(1);
  details.middle_name = text(2);
  details.alternate_name = text(3);
  details.birth_date = date_text(row, k_first_detail_column + 4);
  details.email = text(5);
  details.phone = text(6);
  details.language = text(7);
  details.address = text(8);
  details.categories = text(9);
  details.department = text(10);
  details.expires_on = date_text(row, k_expires_on_column);
}

namespace {

constexpr std::string_view k_scan =
    "SELECT c.user_no, c.item_no, c.library, c.rule, c.charged_at, c.due_at, c.renewals, c.claims_returned_on "
    "FROM charges c";
constexpr std::string_view k_look_up =
    "SELECT c.user_no, c.item_no, c.library, c.rule, c.charged_at, c.due_at, c.renewals, c.claims_returned_on "
    "FROM wanted CROSS JOIN charges c ON c.user_no = wanted.user_no";

/// An element of a user's list, which is sorted by time, then by ID.
struct Place {
  Slot user;
  Seconds at;
  std::string_view id;
  Slot slot;

  [[nodiscard]] bool ties_with(const Place& other) const { return user == other.user && at == other.at; }
  friend bool operator<(const Place& a, const Place& b) {
    return std::tie(a.user, a.at, a.id) < std::tie(b.user, b.at, b.id);
  }
};

/// Links the slots, which are sorted, into one list for each user. `first` and `next` return references to the links.
template <typename First, typename Next>
void link(const LargeVector<Place>& places, First first, Next next) {
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    next(place->slot) = first(place->user);
    first(place->user) = place->slot;
  }
}

}  // namespace

void Fetch::fetch_charges() {
  const bool scan = is_worth_a_scan(m_full_users, "users", "user_no");
  LargeVector<Row> users;
  if (!scan) users = rows_in_order(m_state.users, m_full_users);
  const ArrayTable wanted(m_database, "wanted", "user_no INTEGER", users.size(), rows_of(users));
  // Room for the charge that each item has and for one that the load makes. Only what is filled takes memory.
  m_state.charges.reserve(2 * m_state.items.size());
  Statement charges(m_database, scan ? k_scan : k_look_up);
  while (charges.next()) {
    const Slot user = m_users.find(charges.integer(0));
    if (user < m_full_users) add_charge(user, charges);
  }
  link_charges();
}

void Fetch::add_charge(Slot user, const Statement& row) {
  const auto slot = static_cast<Slot>(m_state.charges.size());
  Charge& charge = m_state.charges.emplace_back();
  charge.user = user;
  charge.item_row = row.integer(1);
  charge.library = index_of(m_libraries, row, 2, k_no_library);
  charge.rule = index_of(m_rules, row, 3, k_no_code);
  charge.charged_at = row.integer_or(4, k_no_time);
  charge.due_at = row.integer(5);
  charge.renewals = static_cast<int>(row.integer(6));
  if (!row.is_null(7)) charge.claims_returned_at = m_policy.zone.start_of(static_cast<Day>(row.integer(7)));
  charge.item = m_items.find(charge.item_row);
  if (charge.item != k_none) m_state.items[charge.item].charge = slot;
}

// Item IDs are looked up only for charges of one user that were made at the same time.
void Fetch::link_charges() {
  LargeVector<Place> places;
  places.reserve(m_state.charges.size());
  for (Slot slot = 0; slot < m_state.charges.size(); ++slot)
    places.push_back({m_state.charges[slot].user, m_state.charges[slot].charged_at, {}, slot});
  std::sort(places.begin(), places.end());

  LargeVector<PlaceOfRow> tied;
  for (Slot i = 0; i < places.size(); ++i) {
    const bool ties =
        (i > 0 && places[i].ties_with(places[i - 1])) || (i + 1 < places.size() && places[i].ties_with(places[i + 1]));
    if (ties) tied.push_back({m_state.charges[places[i].slot].item_row, i});
  }
  if (!tied.empty()) {
    std::sort(tied.begin(), tied.end());
    const ArrayTable wanted(m_database, "wanted", "item_no INTEGER, place INTEGER", tied.size(), rows_and_places(tied));
    Statement items(m_database,
                    "SELECT wanted.place, i.item_id FROM wanted CROSS JOIN items i ON i.item_no = wanted.item_no");
    while (items.next()) places[static_cast<std::size_t>(items.integer(0))].id = m_state.keep(items.text(1));
    std::sort(places.begin(), places.end());
  }
  link(
      places, [&](Slot user) -> Slot& { return m_state.users[user].first_charge; },
      [&](Slot slot) -> Slot& { return m_state.charges[slot].next_of_user; });
  for (Slot slot = 0; slot < m_state.charges.size(); ++slot)
    if (const Slot next = m_state.charges[slot].next_of_user; next != k_none)
      m_state.charges[next].previous_of_user = slot;
}

void Fetch::fetch_bills() {
  const bool scan = is_worth_a_scan(m_full_users, "bills", "bill_no");
  LargeVector<Row> users;
  if (!scan) users = rows_in_order(m_state.users, m_full_users);
  const ArrayTable wanted(m_database, "wanted", "user_no INTEGER", users.size(), rows_of(users));
  Statement bills(m_database,
                  fmt::format("SELECT b.user_no, b.bill_no, b.bill_id, b.item_no, b.amount_cents, b.reason, b.library, "
                              "b.billed_at FROM {} WHERE b.amount_cents <> 0",
                              scan ? "bills b" : "wanted CROSS JOIN bills b ON b.user_no = wanted.user_no"));
  LargeVector<Place> places;
  while (bills.next()) {
    const Slot user = m_users.find(bills.integer(0));
    if (user >= m_full_users) continue;
    const auto slot = static_cast<Slot>(m_state.bills.size());
    Bill& bill = m_state.bills.emplace_back();
    bill.user = user;
    bill.row = bills.integer(1);
    bill.bill_id = m_state.keep(bills.text(2));
    bill.item_row = bills.integer_or(3, 0);
    bill.amount_cents = bills.integer(4);
    bill.reason = m_state.keep(bills.text(5));
    bill.library = index_of(m_libraries, bills, 6, k_no_library);
    bill.billed_at = bills.integer_or(7, k_no_time);
    places.push_back({bill.user, bill.billed_at, bill.bill_id, slot});
  }
  std::sort(places.begin(), places.end());
  link(
      places, [&](Slot user) -> Slot& { return m_state.users[user].first_bill; },
      [&](Slot slot) -> Slot& { return m_state.bills[slot].next_of_user; });
  for (const Place& place : places) m_state.users[place.user].last_bill = place.slot;
}

}  // namespace offcirc
