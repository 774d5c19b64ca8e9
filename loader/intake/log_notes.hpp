// What staff need to know of a log as a whole, in sentences.
#pragma once

#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/place_log.hpp"

namespace offcirc {

/// One note where the clock stepped back so far that a new run begins: at which line first, from when to when.
void note_clock(Log& log, const PlacedLog& placed, const BlockArray<Transaction>& transactions, const Zone& zone);

/// One note where transactions have a time that their log does not say: which, and from where.
void note_assumed_time(Log& log, const AssumedTime& assumed, const Zone& zone);

/// One note where transactions may have been recorded under the wrong library: how many, and what disagrees.
void note_mismatch(Log& log, const PlacedLog& placed);

/// One note where lines name a library by a name that no library has, and something else said which it is: whose names
/// a vendor has set up (LibraryNames::free).
void note_unknown_names(Log& log, const PlacedLog& placed, const Policy& policy);

}  // namespace offcirc
