// Hashes what each record of a log says ("its words"): two records that say the same have the same hash, however they
// are written.
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
  std::string_view strip;  ///< scanner characters to strip from IDs (strip_id)
  const Zone& zone;
};

/// The first step of identification; of `placed`, it needs only `places` and `place_of`. Sets Transaction::more to the
/// record's words, and the time of its identity to the instant that its station recorded. A record without a time takes
/// the instant of the record before it, and a row that brings its identity along keeps it. Returns the index of the
/// first record whose instant is earlier than its predecessor's, or the number of records if there is none.
std::size_t write_words(ReadLog& read, const PlacedLog& placed, const Identification& how);

/// The recorded instant in UTC, without any clock correction. An ambiguous civil time means the first of the two.
Seconds written_instant(Stamp said, const Zone& zone);

/// 0 if the lines of that place name no station.
std::uint64_t hash_of_station(const DeskContext& place);

/// True if the row brings its identity along, as sorted output does.
inline bool has_identity(const Transaction& t) {
  return t.identity.ordinal != Identity::k_unnumbered;
}

/// A strong record says enough by itself to be recognized: it has a time, names a user, an item or a station, and is
/// not a payment in a format without seconds. A row that brings its identity along is always strong.
inline bool is_strong(const Transaction& t, std::uint64_t station, bool has_no_seconds) {
  if (has_identity(t)) return true;
  const bool names_something = !t.user_id.empty() || !t.item_id.empty() || station != 0;
  const bool may_repeat = t.kind == Kind::payment && has_no_seconds;
  return names_something && !t.time_is_assumed && !may_repeat;
}

}  // namespace offcirc
