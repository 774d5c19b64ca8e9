// Finds where a file holds several logs that somebody joined: each has a clock of its own, and what it repeats is a
// copy. A header in the middle begins another log. Where a format has none, the time steps back and records follow that
// the file has already.
#pragma once

#include <cstddef>
#include <vector>

#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"

namespace offcirc {

/// The first records of logs that were appended without a header, as indices of transactions, ascending: after a step
/// back in time, of whatever length, records come that equal earlier ones in their order and in all that they say, one
/// of them strong (is_strong). One such record is enough in a format with seconds; else it takes two in a row. A copy
/// of a log in which the time steps back itself has no join there.
///
/// What repeats but proves nothing, after a step back of up to an hour, gets Transaction::repeats_line.
/// `first_step_back` is what write_words() returned. Linear in the log.
std::vector<std::size_t> find_joins(ReadLog& read, const PlacedLog& placed, std::size_t first_step_back);

/// The same and the first records after headers, ascending, each once.
std::vector<std::size_t> find_log_begins(const ReadLog& read, const std::vector<std::size_t>& joins);

}  // namespace offcirc
