#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "loader/store/fetch.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_scan =
    "SELECT c.user, c.item, c.library, c.rule, c.charged_at, c.due_at, c.renewals, c.claims_returned_on FROM charges c";
constexpr std::string_view k_look_up =
    "SELECT c.user, c.item, c.library, c.rule, c.charged_at, c.due_at, c.renewals, c.claims_returned_on "
    "FROM wanted CROSS JOIN charges c ON c.user = wanted.user";

/// What a user's list is sorted by: the time, then the ID.
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

/// Links the slots, which are in order, to one list a user: `first` and `next` give the places of the links.
template <typename First, typename Next>
void link(const LargeVector<Place>& places, First first, Next next) {
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    next(place->slot) = first(place->user);
    first(place->user) = place->slot;
  }
}

}  // namespace

void Fetch::fetch_charges() {
  const bool scan = is_worth_a_scan(m_full_users, "users", "user");
  LargeVector<Row> users;
  if (!scan) users = rows_in_order(m_state.users, m_full_users);
  const KeyTable wanted(m_database, "wanted", "user INTEGER", users.size(), rows_of(users));
  // Of each item the charge that it has and one that the load makes: only what is filled takes memory.
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

// IDs are asked for only where two charges of a user were made at the same time.
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
    const KeyTable wanted(m_database, "wanted", "item INTEGER, place INTEGER", tied.size(), rows_and_places(tied));
    Statement items(m_database,
                    "SELECT wanted.place, i.item_id FROM wanted CROSS JOIN items i ON i.item = wanted.item");
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
  const bool scan = is_worth_a_scan(m_full_users, "bills", "bill");
  LargeVector<Row> users;
  if (!scan) users = rows_in_order(m_state.users, m_full_users);
  const KeyTable wanted(m_database, "wanted", "user INTEGER", users.size(), rows_of(users));
  Statement bills(m_database,
                  fmt::format("SELECT b.user, b.bill, b.bill_id, b.item, b.amount_cents, b.reason, b.library, "
                              "b.billed_at FROM {} WHERE b.amount_cents <> 0",
                              scan ? "bills b" : "wanted CROSS JOIN bills b ON b.user = wanted.user"));
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
