// Which holds apply to an item, and what a load did to them.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/decision.hpp"

namespace offcirc {

/// What a load did to a hold, for the list that staff compare with the hold shelf.
struct HoldEvent {
  ShelfEvent event = ShelfEvent::filled;
  Slot hold = k_none;
  std::uint32_t entry = k_none;  ///< of the load; its item filled the hold, or left with somebody else
};

/// Returns at most one event for each hold, the last one: if a hold became waiting again and was filled afterwards, it
/// is filled. `state` is that after the replay; the events are in the order of its holds. Holds that a check-in trapped
/// are left out: they are among the results to follow up.
std::vector<HoldEvent> find_hold_events(const State& state);

// Which holds apply to an item at the time of a transaction: holds on the item or its title that were placed by then
// and have neither been filled nor expired. All of these functions return k_none if there is no such hold.

/// Returns the hold that the item is on the hold shelf for, or in transit for.
Slot hold_on_shelf(const RuleInput& c, const Item& item);
/// Returns the hold of `user` that a checkout of the item fills: the hold that the item is on the hold shelf or in
/// transit for, or else the oldest one waiting for the item, or else the oldest one waiting for its title, unless
/// another item of the title is on the hold shelf or in transit for that user.
Slot hold_to_fill(const RuleInput& c, const Item& item, const User& user);
/// If a checkout of the item fills no hold, returns the hold of `user` that another item of the title is on the hold
/// shelf or in transit for: that item is no longer needed.
Slot hold_passed_over(const RuleInput& c, const Item& item, const User& user);
/// Returns whether a hold of somebody other than `holder` is waiting for the item or its title.
bool another_waits(const RuleInput& c, const Item& item, const User& holder);
/// Returns the hold that an item checked in goes to: the one it is already on the hold shelf, in transit or routed for,
/// or else the oldest waiting hold that neither this load nor an earlier one has routed another copy for.
Slot hold_to_route(const RuleInput& c, const Item& item);
/// For a copy that was routed for a hold that the transaction fills: returns the oldest hold, other than `filled`, that
/// the copy can serve instead. Holds that another copy has been routed for are skipped.
Slot next_hold_of_copy(const RuleInput& c, const Item& copy, Slot filled);

}  // namespace offcirc
