// What can have happened to a hold while the server was away, and what staff do at the hold shelf about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "loader/policy/action_kind.hpp"

namespace offcirc {

enum class ShelfEvent : std::uint8_t {
  filled,         ///< the user of the hold has the item now
  another_taken,  ///< the user has another item of the title now; the one on the shelf still stands there
  waits_again,    ///< its item left with somebody else
  placed,         ///< placed at the server since the outage began: an item on a desk may be the one
};
inline constexpr int k_shelf_event_count = 4;

struct ShelfEventFacts {
  std::string_view code;    ///< stable, as in the JSON report and in the database
  std::string_view phrase;  ///< for people: the heading of such holds
  ActionKind action_kind;
  std::string_view action;  ///< what to do, one sentence
};

const ShelfEventFacts& facts_of(ShelfEvent event);
std::optional<ShelfEvent> find_shelf_event(std::string_view code);

}  // namespace offcirc
