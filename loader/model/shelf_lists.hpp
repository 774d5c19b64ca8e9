// The lists that staff compare with their shelves after a load: holds, and charges that came due during the outage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/model/outcome.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

/// What can have happened to a hold during the outage.
enum class ShelfEvent : std::uint8_t {
  filled,         ///< the user of the hold has the item now
  another_taken,  ///< the user has another item of the title now; the one on the hold shelf is still there
  waits_again,    ///< somebody else took its item, so the hold is waiting again
  placed,         ///< placed on the server since the outage began: an item at a desk may fill it
};
inline constexpr int k_shelf_event_count = 4;

struct ShelfEventFacts {
  std::string_view code;    ///< stable; used in the JSON report and in the database
  std::string_view phrase;  ///< for people: the heading of a list of such holds
  ActionKind action_kind;
  std::string_view action;  ///< what to do, one sentence
};

const ShelfEventFacts& facts_of(ShelfEvent event);
std::optional<ShelfEvent> find_shelf_event(std::string_view code);

struct ShelfHold {
  ShelfEvent event = ShelfEvent::filled;
  std::string library;  ///< the pickup library; empty if the hold has none
  std::string hold_id, user_id;
  std::string item_id, title;  ///< item_id is empty for a hold that is waiting for a title
  Seconds at = k_no_time;      ///< UTC; when the transaction happened or the hold was placed
};

struct DueCharge {
  std::string library;  ///< the checkout library
  std::string user_id, item_id, title;
  Seconds due_at = k_no_time;  ///< UTC
};

struct ShelfLists {
  std::vector<ShelfHold> holds;        ///< by library, event, time, hold
  std::vector<DueCharge> due_charges;  ///< by library, time, item
};

}  // namespace offcirc
