#include "loader/model/shelf_lists.hpp"

#include <array>
#include <cstddef>

namespace offcirc {

namespace {

// Indexed by ShelfEvent.
constexpr std::array<ShelfEventFacts, k_shelf_event_count> k_facts = {{
    {"filled", "Filled", ActionKind::look_on_shelf,
     "Take the hold slip off the hold shelf; there is nothing to fetch."},
    {"another-taken", "The patron took another copy", ActionKind::call_user,
     "Ask whether the copy on the hold shelf is still wanted. If not, cancel the hold and reshelve it."},
    {"waits-again", "The item left with another patron; the hold is pending again", ActionKind::call_user,
     "Take the hold slip off the hold shelf, and tell the patron that it will take longer."},
    {"placed", "Placed since the outage began", ActionKind::look_on_shelf,
     "Check the shelf: the item may be in, and nobody has been told to fetch it."},
}};

}  // namespace

const ShelfEventFacts& facts_of(ShelfEvent event) {
  return k_facts.at(static_cast<std::size_t>(event));
}

std::optional<ShelfEvent> find_shelf_event(std::string_view code) {
  for (std::size_t event = 0; event < k_facts.size(); ++event)
    if (k_facts[event].code == code) return static_cast<ShelfEvent>(event);
  return std::nullopt;
}

}  // namespace offcirc
