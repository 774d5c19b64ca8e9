#include "loader/runs/shelf_lists.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "loader/circulation/subject_facts.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/holds.hpp"

namespace offcirc {

namespace {

std::string code_of(LibraryIndex library, const Policy& policy) {
  return library == k_no_library ? std::string() : policy.libraries[library].code;
}

std::vector<ShelfHold> list_touched_holds(const ReplayedBatch& replayed, Database& database) {
  const State& state = replayed.state;
  const std::vector<HoldEvent> events = find_hold_events(state);
  std::vector<Row> rows;
  rows.reserve(events.size());
  for (const HoldEvent& event : events) rows.push_back(state.holds[event.hold].row);
  std::vector<HoldNames> names = find_hold_names(database, rows);

  std::vector<ShelfHold> holds;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Hold& hold = state.holds[events[i].hold];
    const Entry& entry = replayed.batch.entries[events[i].entry];
    ShelfHold& listed = holds.emplace_back();
    listed.event = events[i].event;
    listed.library = code_of(hold.pickup_library, replayed.policy);
    listed.hold_id = hold.hold_id;
    listed.user_id = std::move(names[i].user_id);
    listed.at = entry.occurred_at;
    if (listed.event == ShelfEvent::another_taken) {  // staff look for the one that is on the shelf
      listed.item_id = std::move(names[i].item_id);
      listed.title = std::move(names[i].title);
    } else {
      const Item& item = state.items[state.item_of_key[entry.item_key]];
      listed.item_id = item.id;
      listed.title = item.title;
    }
  }
  return holds;
}

void add_placed_holds(std::vector<ShelfHold>& holds, std::vector<ShelfHold> placed) {
  std::set<std::string> listed;
  for (const ShelfHold& hold : holds) listed.insert(hold.hold_id);
  for (ShelfHold& hold : placed)
    if (!listed.contains(hold.hold_id)) holds.push_back(std::move(hold));
}

DueCharge listed_charge(const Charge& charge, const State& state, const Policy& policy) {
  const Item& item = state.items[charge.item];
  return {code_of(charge.library, policy), std::string(state.users[charge.user].id), std::string(item.id),
          std::string(item.title), charge.due_at};
}

// `stored_charges` are as they were before the load. For charges that the load changed, closed or made, the state
// prevails.
std::vector<DueCharge> list_due_charges(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now,
                                        std::vector<StoredDueCharge> stored_charges) {
  std::unordered_map<Row, DueCharge*> unchanged;
  for (StoredDueCharge& stored : stored_charges) unchanged.emplace(stored.item_row, &stored.charge);
  std::vector<const Charge*> changed;
  for (const Charge& charge : replayed.state.charges) {
    if (!charge.changed) continue;
    if (charge.in_database) unchanged.erase(charge.item_row);
    const bool is_system = is_system_user(replayed.state.users[charge.user], replayed.policy);
    const bool came_due = charge.due_at >= span.began_at && charge.due_at <= now;
    if (!charge.open || !came_due || is_system || charge.claims_returned_at != k_no_time) continue;
    if (!span.libraries.contains(code_of(charge.library, replayed.policy))) continue;
    changed.push_back(&charge);
  }
  std::vector<DueCharge> charges;
  charges.reserve(changed.size() + unchanged.size());
  for (const Charge* charge : changed) charges.push_back(listed_charge(*charge, replayed.state, replayed.policy));
  for (const auto& [row, charge] : unchanged) charges.push_back(std::move(*charge));
  return charges;
}

void sort_lists(ShelfLists& lists) {
  std::sort(lists.holds.begin(), lists.holds.end(), [](const ShelfHold& a, const ShelfHold& b) {
    return std::tie(a.library, a.event, a.at, a.hold_id) < std::tie(b.library, b.event, b.at, b.hold_id);
  });
  std::sort(lists.due_charges.begin(), lists.due_charges.end(), [](const DueCharge& a, const DueCharge& b) {
    return std::tie(a.library, a.due_at, a.item_id) < std::tie(b.library, b.due_at, b.item_id);
  });
}

}  // namespace

ShelfLists make_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now, Database& database) {
  ShelfLists lists;
  if (span.began_at == k_no_time) return lists;
  lists.holds = list_touched_holds(replayed, database);
  add_placed_holds(lists.holds, find_placed_holds(database, span, replayed.policy.zone.day_of(now)));
  lists.due_charges = list_due_charges(replayed, span, now, find_due_charges(database, span, now, replayed.policy));
  sort_lists(lists);
  return lists;
}

ShelfLists make_own_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now,
                                Database& database) {
  ShelfLists lists;
  if (span.began_at == k_no_time) return lists;
  lists.holds = list_touched_holds(replayed, database);
  lists.due_charges = list_due_charges(replayed, span, now, {});
  sort_lists(lists);
  return lists;
}

}  // namespace offcirc
