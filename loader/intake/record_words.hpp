// What the records of a log say, each as one number: two that say the same have the same, however they are written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/transaction.hpp"
#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct Identification {
  std::string_view strip;  ///< scanner characters that IDs lose (strip_id)
  const Zone& zone;
};

/// The first step of identification, which needs `placed.places` only: Transaction::more becomes the words of the
/// record, and the time of its identity (but of rows that have one already) the instant that its station said; of a
/// record without a time, the instant of the record before it. Returns the first record whose instant is before that of
/// its predecessor; the number of records if there is none.
std::size_t write_words(ReadLog& read, const PlacedLog& placed, const Identification& how);

/// The instant that was written, without any correction: a civil time that occurs twice means the first.
Seconds written_instant(Stamp said, const Zone& zone);

/// 0 where the lines of that place name no station.
std::uint64_t hash_of_station(const Whereabouts& place);

/// The row brings its identity along, as sorted output does.
inline bool has_identity(const Transaction& t) {
  return t.identity.ordinal != Identity::k_unnumbered;
}

/// A strong record says enough by itself to be known again: it has a time and names a user, an item or a station, and
/// is no payment in a format without seconds.
inline bool is_strong(const Transaction& t, std::uint64_t station, bool has_no_seconds) {
  if (has_identity(t)) return true;
  const bool names_something = !t.user_id.empty() || !t.item_id.empty() || station != 0;
  const bool may_repeat = t.kind == Kind::payment && has_no_seconds;
  return names_something && !t.time_is_assumed && !may_repeat;
}

}  // namespace offcirc
