// Which holds a load touched, for the list that staff compare with the hold shelf.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/rules/shelf_event.hpp"
#include "loader/rules/state.hpp"

namespace offcirc {

struct HoldEvent {
  ShelfEvent event = ShelfEvent::filled;
  Slot hold = k_none;
  std::uint32_t entry = k_none;  ///< of the load; its item is the one that was filled with, or left
};

/// One at most a hold, the last that happened to it: a hold that waits again and is filled afterwards was filled.
/// `state` is as the replay left it; in order of its holds. A hold that a check-in trapped is not among them: it is
/// among the results to follow up.
std::vector<HoldEvent> find_hold_events(const State& state);

}  // namespace offcirc
