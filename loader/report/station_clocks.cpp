#include "loader/report/station_clocks.hpp"

#include <algorithm>

namespace offcirc {

void add_clock(StationClocks& clocks, const ReportResult& result) {
  if (result.disposition == Disposition::already_loaded) return;
  const bool ahead = has_found(result, Outcome::clock_ahead);
  const bool jumped = has_found(result, Outcome::clock_jumped);
  const bool went_backwards = has_found(result, Outcome::clock_went_backwards);
  const bool moved = result.recorded_at != result.occurred_at;
  if (!ahead && !jumped && !went_backwards && !moved) return;
  StationClock& clock = clocks[result.station];
  clock.ahead += ahead ? 1 : 0;
  clock.jumped += jumped ? 1 : 0;
  clock.went_backwards += went_backwards ? 1 : 0;
  // Of a record that was raised to its predecessor, the difference says nothing about the clock.
  if (moved && !jumped && !went_backwards) clock.correction_seconds = result.occurred_at - result.recorded_at;
}

void add_clock(StationClocks& clocks, const ResultGlance& plain) {
  if (plain.recorded_at == plain.occurred_at) return;
  clocks[plain.station].correction_seconds = plain.occurred_at - plain.recorded_at;
}

std::vector<LibraryClocks> clocks_by_library(const Report& report) {
  std::map<std::string_view, StationClocks> by_library;
  for (const ReportResult& result : report.results) add_clock(by_library[result.library], result);
  std::vector<LibraryClocks> libraries;
  for (auto& [library, clocks] : by_library)
    if (!clocks.empty()) libraries.push_back({library, std::move(clocks)});
  if (!libraries.empty() && libraries.front().library.empty())
    std::rotate(libraries.begin(), libraries.begin() + 1, libraries.end());
  return libraries;
}

}  // namespace offcirc
