#include "loader/rules/hold_events.hpp"

namespace offcirc {

std::vector<HoldEvent> find_hold_events(const State& state) {
  std::vector<HoldEvent> events;
  for (Slot slot = 0; slot < state.holds.size(); ++slot) {
    const Hold& hold = state.holds[slot];
    if (hold.status == HoldStatus::filled && hold.changed_by != k_none) {
      events.push_back({ShelfEvent::filled, slot, hold.changed_by});
    } else if (hold.status == HoldStatus::waiting && hold.changed_by != k_none) {
      events.push_back({ShelfEvent::waits_again, slot, hold.changed_by});
    } else if (hold.user_served_by != k_none) {
      events.push_back({ShelfEvent::another_taken, slot, hold.user_served_by});
    }
  }
  return events;
}

}  // namespace offcirc
