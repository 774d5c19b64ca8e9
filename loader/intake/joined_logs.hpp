// Finds where a file holds several logs that somebody concatenated: each has its own clock, and what it repeats is a
// copy. A header in the middle begins another log. In a format without headers, another log begins where the time steps
// back and records follow that the file already has.
#pragma once

#include <cstddef>
#include <vector>

#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"

namespace offcirc {

/// Returns the first records of logs that were appended without a header, as ascending indices of transactions. Such a
/// join is proved by a step back in time, of any length, that is followed by records equal to earlier ones in order and
/// content, at least one of them strong (is_strong). In a format with seconds one such record is enough; otherwise it
/// takes two in a row. If the time steps back within a log, a copy of that log has no join there.
///
/// After a step back of up to an hour, records that repeat earlier ones without proving a join get
/// Transaction::repeats_line. `first_step_back` is what write_words() returned. Linear in the length of the log.
std::vector<std::size_t> find_joins(ReadLog& read, const PlacedLog& placed, std::size_t first_step_back);

/// Returns `joins` and the first records after headers, ascending, each once.
std::vector<std::size_t> find_log_begins(const ReadLog& read, const std::vector<std::size_t>& joins);

}  // namespace offcirc
