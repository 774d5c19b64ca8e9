// Checks --clock against the logs, and finds the runs of a log whose clock was ahead.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

// Checks --clock against the logs: a correction for a station that sent no log would be lost silently.

/// Throws RunError if one of `clock_offsets` names a station that none of the logs comes from; it says which, and which
/// stations there are. Without any logs there is nothing to correct, and nothing wrong.
void require_stations_of_clocks(const std::map<std::string, Seconds>& clock_offsets, const std::vector<BatchLog>& logs,
                                const Policy& policy);

// Finds the runs of a log that were recorded by a clock that was ahead. Such a clock was ahead from the first record of
// the run on, not only from where its times are in the future.

/// If the clock was ahead by this much or more, no time of the run can be relied on.
inline constexpr Seconds k_fast_clock_seconds = 30 * 60;
/// If the first record in the future is this much or more later than the one before it, the clock was right until then.
inline constexpr Seconds k_clock_was_right_seconds = 12 * 60 * 60;

/// The clock of one station that was ahead over a run. A log may hold records of several stations.
struct FastClock {
  std::uint32_t place = 0;  ///< index into PlacedLog::places: a place of the station
  Seconds ahead = 0;        ///< by how much at least: its latest record minus now
  std::size_t records = 0;  ///< how many the station has in the run
};

/// Returns the clocks that were ahead by more than k_clock_tolerance_seconds, in the order of the log, without those
/// that were right until they jumped by 12 hours or more. Marks the records of a returned clock in
/// `placed.clock_ran_ahead` if it was ahead by half an hour or more; with `loads_them` (fast_clock = "load"), in any
/// case. `now` is UTC; retried records are compared with the time when they were first loaded instead.
std::vector<FastClock> find_fast_clocks(const ReadLog& read, PlacedLog& placed, Seconds now, bool loads_them);

/// Adds one note that names the stations whose records are loaded although their clock was ahead: because it was ahead
/// by less than half an hour, or because the configuration says so (`loads_them`).
void note_fast_clocks(Log& log, const PlacedLog& placed, const std::vector<FastClock>& clocks, bool loads_them);

}  // namespace offcirc
