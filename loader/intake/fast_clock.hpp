// The corrections of --clock, and the runs of a log whose clock was ahead.
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

// Holds --clock against the logs that there are: a correction of a station that sent none would be lost in silence.

/// RunError where one of `clock_offsets` names no station of the logs: which, and which stations there are. Where there
/// is no log there is nothing to correct, and nothing wrong.
void require_stations_of_clocks(const std::map<std::string, Seconds>& clock_offsets, const std::vector<BatchLog>& logs,
                                const Policy& policy);

// Finds the runs of a log that were recorded by a clock that is ahead. Such a clock was ahead from the first record of
// the run on, not only where its times lie in the future.

/// From so far ahead on, no record of the run has a time to be relied on.
inline constexpr Seconds k_fast_clock_seconds = 30 * 60;
/// Where the records in the future come so long after the one before them, the clock was right until then.
inline constexpr Seconds k_clock_was_right_seconds = 12 * 60 * 60;

/// A clock that was ahead over a run: that of one station, since a log may hold records of several.
struct FastClock {
  std::uint32_t place = 0;  ///< index into PlacedLog::places: one of the station
  Seconds ahead = 0;        ///< at least so far: its latest record, less now
  std::size_t records = 0;  ///< of that station in the run
};

/// Fills `placed.clock_ran_ahead`, and returns the clocks that were ahead, in the order of the log, but for those that
/// were right until 12 hours before they jumped. `now` is UTC; records that are run again are compared with when they
/// were first loaded. With `loads_them` (fast_clock = "load") the clocks that are ahead by less than half an hour are
/// marked like the others.
std::vector<FastClock> find_fast_clocks(const ReadLog& read, PlacedLog& placed, Seconds now, bool loads_them);

/// One note on the log for each clock whose records are loaded in spite of it: because it was ahead by less than half
/// an hour, or because the configuration says so (`loads_them`).
void note_fast_clocks(Log& log, const PlacedLog& placed, const std::vector<FastClock>& clocks, bool loads_them);

}  // namespace offcirc
