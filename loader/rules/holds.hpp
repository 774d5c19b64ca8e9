// Which holds concern an item, and what a load does with them.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/decision.hpp"

namespace offcirc {

// The holds that a load touched, for the list that staff compare with the hold shelf.

struct HoldEvent {
  ShelfEvent event = ShelfEvent::filled;
  Slot hold = k_none;
  std::uint32_t entry = k_none;  ///< of the load; its item is the one that was filled with, or left
};

/// Returns at most one event for each hold, its last: a hold that waited again and was filled afterwards was filled.
/// `state` is as the replay left it, and the events are in the order of its holds. Holds that a check-in trapped are
/// left out, because they are among the results to follow up.
std::vector<HoldEvent> find_hold_events(const State& state);

// The holds that concern an item at a time t. A hold counts if it was placed by then, is not filled, and has not
// expired.

/// Returns the hold for which the item is on the hold shelf or in transit; k_none if there is none.
Slot hold_on_shelf(const RuleInput& c, const Item& item);
/// Returns the hold of `user` that a checkout of the item fills: the one for which the item is on the shelf, else one
/// that waits for the item, else the oldest that waits for its title, unless another item is on the shelf for that
/// user. k_none if there is none.
Slot hold_to_fill(const RuleInput& c, const Item& item, const User& user);
/// For a checkout that fills no hold: returns the hold of `user` for which another item of the title is on the shelf,
/// and no longer needed. k_none if there is none.
Slot hold_passed_over(const RuleInput& c, const Item& item, const User& user);
/// Returns whether anybody except `holder` has a waiting hold on the item or its title.
bool another_waits(const RuleInput& c, const Item& item, const User& holder);
/// Returns the hold that a returned item is for: the one to which it was in transit, else the oldest waiting one for
/// which neither this load nor an earlier one has routed another item.
Slot hold_to_route(const RuleInput& c, const Item& item);
/// For a copy that was returned for a hold that is now filled: returns the oldest waiting hold that it can serve
/// instead, neither `filled` itself nor one for which another copy has been routed. k_none if there is none.
Slot next_hold_of_copy(const RuleInput& c, const Item& copy, Slot filled);

}  // namespace offcirc
