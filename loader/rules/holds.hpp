// Which holds concern an item, and what a load does with them.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/decision.hpp"

namespace offcirc {

// Which holds a load touched, for the list that staff compare with the hold shelf.

struct HoldEvent {
  ShelfEvent event = ShelfEvent::filled;
  Slot hold = k_none;
  std::uint32_t entry = k_none;  ///< of the load; its item is the one that was filled with, or left
};

/// One at most a hold, the last that happened to it: a hold that waits again and is filled afterwards was filled.
/// `state` is as the replay left it; in order of its holds. A hold that a check-in trapped is not among them: it is
/// among the results to follow up.
std::vector<HoldEvent> find_hold_events(const State& state);

// Which holds concern an item, at a time (DOMAIN.md, 5). A hold counts when it was placed by then, is not filled, and
// is not past its expiry.

/// The hold that the item stands on the hold shelf for, or is on its way to it; k_none where there is none.
Slot hold_on_shelf(const RuleInput& c, const Item& item);
/// The hold of `user` that a checkout of the item fills: the one it is on the shelf for, else one that waits for the
/// item, else the oldest that waits for its title, unless another item stands on the shelf for that user. k_none where
/// none.
Slot hold_to_fill(const RuleInput& c, const Item& item, const User& user);
/// Where a checkout of the item fills no hold: the hold of `user` that another item of the title stands on the shelf
/// for, and now has no reader. k_none where none.
Slot hold_passed_over(const RuleInput& c, const Item& item, const User& user);
/// Somebody but `holder` waits for the item or its title.
bool another_waits(const RuleInput& c, const Item& item, const User& holder);
/// The hold that the item, now back, is for: the one it was already on the way to, else the oldest waiting one that no
/// other item has been routed for, by this load or an earlier one.
Slot hold_to_route(const RuleInput& c, const Item& item);
/// Of a copy that came back for a hold which is filled now: the oldest waiting hold that it can serve instead, not
/// `filled` itself and not one that another copy has been routed for. k_none where there is none.
Slot next_hold_of_copy(const RuleInput& c, const Item& copy, Slot filled);

}  // namespace offcirc
