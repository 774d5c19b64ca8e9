// The stations whose clocks were off, gathered from the results of a library.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

struct StationClock {
  Seconds correction_seconds = 0;    ///< added to what the station recorded
  std::uint64_t ahead = 0;           ///< records in the future
  std::uint64_t jumped = 0;          ///< records that were far later than those around them
  std::uint64_t went_backwards = 0;  ///< records a little earlier than the one before
};

/// By station.
using StationClocks = std::map<std::string_view, StationClock>;

/// Adds what the result says of its station's clock, if it says something. Of what is already loaded nothing is said.
void add_clock(StationClocks& clocks, const ReportResult& result);
/// Likewise, of a plain one.
void add_clock(StationClocks& clocks, const ResultGlance& plain);

struct LibraryClocks {
  std::string_view library;
  StationClocks clocks;
};

/// Of the whole report, by library, no library last.
std::vector<LibraryClocks> clocks_by_library(const Report& report);

}  // namespace offcirc
