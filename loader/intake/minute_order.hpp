// Orders what several desks recorded in one minute, where their logs have no seconds: a book that one desk took back
// and another lent out was first taken back, whichever log happens to go first.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"

namespace offcirc {

/// A record, as far as its order within a minute is concerned.
struct MinuteRecord {
  std::uint32_t log = 0;
  Kind kind = Kind::checkout;
  bool has_minute_only = false;  ///< its log says minutes, no seconds, and says the time of this record itself
  std::string_view item_id;      ///< empty: it names none
};

struct MinutePlace {
  std::uint32_t record = 0;  ///< index
  bool is_moved = false;     ///< a check-in that goes before a checkout of its item which was before it

  friend bool operator==(const MinutePlace&, const MinutePlace&) = default;
};

/// `records` are of one time and in replay order. Returns the order in which they are replayed: a check-in, and what
/// its log has before it, goes before another log's checkout of the same item, if that leaves each log in its own
/// order; where it doesn't, and for all else, the order stays. A checkout directly after a check-in of the item in its
/// own log waits for no other. Linear but for one sort. The numbers of logs only tell them apart.
std::vector<MinutePlace> order_minute(std::span<const MinuteRecord> records);

}  // namespace offcirc
