// The lists that staff compare with their shelves after a load: holds, and charges that came due meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/model/outcome.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

// What can have happened to a hold while the server was away, and what staff do at the hold shelf about it.

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

struct ShelfHold {
  ShelfEvent event = ShelfEvent::filled;
  std::string library;  ///< of pickup; empty where the hold has none
  std::string hold_id, user_id;
  std::string item_id, title;  ///< of a hold that waits for a title the item is empty
  Seconds at = k_no_time;      ///< UTC, of the transaction, or when it was placed
};

struct DueCharge {
  std::string library;  ///< of the checkout
  std::string user_id, item_id, title;
  Seconds due_at = k_no_time;  ///< UTC
};

struct ShelfLists {
  std::vector<ShelfHold> holds;        ///< by library, event, time, hold
  std::vector<DueCharge> due_charges;  ///< by library, time, item
};

}  // namespace offcirc
