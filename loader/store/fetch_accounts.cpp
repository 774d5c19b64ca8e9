#include <algorithm>
#include <string>
#include <tuple>

#include "loader/store/fetch.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

/// What a user's list is sorted by: the time, then the ID.
struct Place {
  Slot user;
  Seconds at;
  std::string id;
  Slot slot;

  friend bool operator<(const Place& a, const Place& b) {
    return std::tie(a.user, a.at, a.id) < std::tie(b.user, b.at, b.id);
  }
};

/// Links the slots to one list a user: `first` and `next` give the places of the links.
template <typename First, typename Next>
void link(std::vector<Place>& places, First first, Next next) {
  if (!std::is_sorted(places.begin(), places.end())) std::sort(places.begin(), places.end());
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    next(place->slot) = first(place->user);
    first(place->user) = place->slot;
  }
}

}  // namespace

void Fetch::fetch_charges() {
  const KeyTable wanted(m_database, "wanted", "user INTEGER, slot INTEGER", m_full_users,
                        [&](std::size_t slot, int column) {
                          return column == 0 ? Cell(m_state.users[slot].row) : Cell(static_cast<std::int64_t>(slot));
                        });
  Statement charges(m_database,
                    "SELECT wanted.slot, c.item, i.item_id, c.library, c.rule, c.charged_at, c.due_at, c.renewals, "
                    "c.claims_returned_on FROM wanted CROSS JOIN charges c ON c.user = wanted.user "
                    "CROSS JOIN items i ON i.item = c.item");
  std::vector<Place> places;
  while (charges.next()) {
    const auto slot = static_cast<Slot>(m_state.charges.size());
    Charge& charge = m_state.charges.emplace_back();
    charge.user = static_cast<Slot>(charges.integer(0));
    charge.item_row = charges.integer(1);
    charge.library = index_of(m_libraries, charges, 3, k_no_library);
    charge.rule = index_of(m_rules, charges, 4, k_no_code);
    charge.charged_at = charges.integer_or(5, k_no_time);
    charge.due_at = charges.integer(6);
    charge.renewals = static_cast<int>(charges.integer(7));
    if (!charges.is_null(8)) {
      charge.claims_returned_at = m_policy.zone.start_of(static_cast<Day>(charges.integer(8)));
    }
    if (const auto item = m_items.find(charge.item_row); item != m_items.end()) {
      charge.item = item->second;
      m_state.items[charge.item].charge = slot;
    }
    places.push_back({charge.user, charge.charged_at, std::string(charges.text(2)), slot});
  }
  link(
      places, [&](Slot user) -> Slot& { return m_state.users[user].first_charge; },
      [&](Slot slot) -> Slot& { return m_state.charges[slot].next_of_user; });
}

void Fetch::fetch_bills() {
  const KeyTable wanted(m_database, "wanted", "user INTEGER, slot INTEGER", m_full_users,
                        [&](std::size_t slot, int column) {
                          return column == 0 ? Cell(m_state.users[slot].row) : Cell(static_cast<std::int64_t>(slot));
                        });
  Statement bills(m_database,
                  "SELECT wanted.slot, b.bill, b.bill_id, b.item, b.amount_cents, b.reason, b.library, b.billed_at "
                  "FROM wanted CROSS JOIN bills b ON b.user = wanted.user WHERE b.amount_cents <> 0");
  std::vector<Place> places;
  while (bills.next()) {
    const auto slot = static_cast<Slot>(m_state.bills.size());
    Bill& bill = m_state.bills.emplace_back();
    bill.user = static_cast<Slot>(bills.integer(0));
    bill.row = bills.integer(1);
    bill.bill_id = m_state.keep(bills.text(2));
    bill.item_row = bills.integer_or(3, 0);
    bill.amount_cents = bills.integer(4);
    bill.reason = m_state.keep(bills.text(5));
    bill.library = index_of(m_libraries, bills, 6, k_no_library);
    bill.billed_at = bills.integer_or(7, k_no_time);
    places.push_back({bill.user, bill.billed_at, std::string(bill.bill_id), slot});
  }
  link(
      places, [&](Slot user) -> Slot& { return m_state.users[user].first_bill; },
      [&](Slot slot) -> Slot& { return m_state.bills[slot].next_of_user; });
}

}  // namespace offcirc
