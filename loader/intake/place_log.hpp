// Finds for each transaction of a log where and when it happened, by the one clock that all logs share.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/intake/clock.hpp"
#include "loader/intake/intake.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/intake/whereabouts.hpp"
#include "loader/memory/large_vector.hpp"

namespace offcirc {

/// By the transactions of its log, in their order, unless said otherwise.
struct PlacedLog {
  std::vector<Whereabouts> places;      ///< one for each desk of the log, in order of first use
  LargeVector<std::uint32_t> place_of;  ///< index into places
  LargeVector<Seconds> recorded_at;     ///< UTC, by the station's clock
  ClockedTimes times;
  std::vector<RecordTimes> unreadable;  ///< by ReadLog::unreadable, by the clock of the log's station
  bool has_no_seconds = false;          ///< all times are whole minutes, in a format that says no seconds, or need not
  std::vector<bool> clock_ran_ahead;    ///< Entry::clock_ran_ahead; empty where no clock did
};

/// Says of the log where it is from (name_log, else as the path says), and notes on it that its clock was set or that
/// it may have been recorded under the wrong library.
PlacedLog place_log(ReadLog& read, const IntakeOptions& options, const Config& config);

/// Of a log of that format.
LibraryNames library_names_of(std::string_view format);

/// Sets library and station of a log: those of its first transaction of which they are known, else `otherwise`.
void name_log(Log& log, const PlacedLog& placed, std::string_view library_otherwise,
              std::string_view station_otherwise);

}  // namespace offcirc
