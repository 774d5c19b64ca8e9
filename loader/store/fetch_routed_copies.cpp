#include <limits>
#include <vector>

#include "loader/store/fetch.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

// The copies that an earlier load told staff to scan again for a hold, of which nothing was heard since. The hold
// itself is not in the journal. Last column: since when somebody waits for this very copy; NULL: nobody does.
constexpr std::string_view k_routed_copies = R"sql(
SELECT i.title, i.item, r.occurred_at,
  (SELECT min(ifnull(h.placed_at, -9223372036854775808)) FROM holds h
   WHERE h.item = i.item AND h.item_level = 1 AND h.status = 'waiting')
FROM wanted CROSS JOIN items i ON i.title = wanted.title
CROSS JOIN results r ON r.result = i.last_result
WHERE r.kind = 'checkin' AND r.disposition = 'follow-up' AND instr(r.findings, '"route-for-hold"') > 0
  AND ifnull(i.last_action_at, r.occurred_at) <= r.occurred_at
  AND NOT EXISTS (SELECT 1 FROM charges c WHERE c.item = i.item)
  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.item = i.item AND h.status IN ('on-shelf', 'in-transit'))
ORDER BY r.occurred_at, i.item_id
)sql";

}  // namespace

// Each gets the hold that it was routed for then: the oldest that waited. So no later copy is scanned again for it.
void Fetch::fetch_routed_copies() {
  LargeVector<Row> titles;
  for (const Title& title : m_state.titles)
    if (title.first_hold != k_none) titles.push_back(title.row);
  if (titles.empty()) return;
  std::sort(titles.begin(), titles.end());
  const KeyTable wanted(m_database, "wanted", "title INTEGER", titles.size(), rows_of(titles));
  // By title: nobody looks again at holds that have their copy, or had expired.
  std::vector<Slot> next_holds;
  for (const Title& title : m_state.titles) next_holds.push_back(title.first_hold);
  Statement copies(m_database, k_routed_copies);
  while (copies.next()) {
    const Slot title = m_titles.find(copies.integer(0));
    if (title == k_none) continue;
    const Seconds at = copies.integer(2);
    const Seconds waits_for_copy = copies.integer_or(3, std::numeric_limits<Seconds>::max());
    const Day day = m_policy.zone.day_of(at);
    Slot& slot = next_holds[title];
    const auto is_over = [&](const Hold& hold) {
      return hold.status != HoldStatus::waiting || hold.routed_item != k_none || hold.expires_on < day;
    };
    while (slot != k_none && is_over(m_state.holds[slot])) slot = m_state.holds[slot].next;
    if (slot == k_none) continue;
    Hold& hold = m_state.holds[slot];
    if (hold.placed_at > at || waits_for_copy <= hold.placed_at) continue;
    const Slot item = m_items.find(copies.integer(1));
    hold.routed_item = item == k_none ? k_another_copy : item;
  }
}

}  // namespace offcirc
