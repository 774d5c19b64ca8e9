// The stations whose clocks were off, gathered from the results of a library.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

struct StationClock {
  Seconds correction_seconds = 0;    ///< added to what the station recorded
  std::uint64_t ahead = 0;           ///< records in the future, or of a run that ends there
  std::uint64_t jumped = 0;          ///< records that were far later than those around them
  std::uint64_t went_backwards = 0;  ///< records a little earlier than the one before
  std::uint64_t pending = 0;         ///< of the records ahead: were rejected, and wait to be run again
  Seconds ahead_seconds = 0;         ///< at least so far; 0: not known
  std::string action = {};           ///< what to do about it
};

/// By station.
using StationClocks = std::map<std::string_view, StationClock>;

/// Whether the result says something of its station's clock. Of what is already loaded nothing is said.
bool tells_of_clock(const ReportResult& result);
/// Likewise, of a plain one.
bool tells_of_clock(const ResultGlance& plain);

/// Adds what the result says. `now` is when its load began.
/// \pre tells_of_clock()
void add_clock(StationClocks& clocks, const ReportResult& result, Seconds now);
void add_clock(StationClocks& clocks, const ResultGlance& plain);

/// The library of the station that recorded a result of `library` into `log`: that of the log, no matter which
/// temporary library was set at the desk. `log` may be null.
std::string_view library_of_clock(std::string_view library, std::string_view station, const ReportLog* log);

/// Says what to do about each, when all results are added.
void set_actions(StationClocks& clocks, std::string_view library, const Report& report);

/// What --clock has to add to the times of a clock that is ahead: whole hours, as after a change to summer or winter
/// time, only where it is ahead by about so much.
Seconds clock_to_offer(const StationClock& clock);

struct LibraryClocks {
  std::string_view library;
  StationClocks clocks;
};

/// Of the whole report, by library, no library last.
std::vector<LibraryClocks> clocks_by_library(const Report& report);

}  // namespace offcirc
