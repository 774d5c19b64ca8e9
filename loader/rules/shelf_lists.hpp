// The lists that staff compare with their shelves after a load: holds, and charges that came due meanwhile.
#pragma once

#include <string>
#include <vector>

#include "loader/rules/shelf_event.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

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
