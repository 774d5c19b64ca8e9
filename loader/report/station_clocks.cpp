#include "loader/report/station_clocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

// More, --clock does not take.
constexpr Seconds k_max_clock_seconds = 100 * 60 * 60;

std::string action_of(const StationClock& clock, std::string_view library, std::string_view station,
                      const Report& report) {
  const Seconds offer = clock_to_offer(clock);
  if (clock.pending == 0 || std::abs(offer) >= k_max_clock_seconds) return std::string(k_clock_action);
  if (station.empty())
    return report.dry_run ? "Set the station's clock, and load its log with --station and --clock."
                          : fmt::format(
                                "Set the station's clock. Then 'offcirc undo {}', and load its log with --station "
                                "and --clock.",
                                report.load);
  const std::string name = library.empty() ? std::string(station) : fmt::format("{}/{}", library, station);
  if (clock.ahead_seconds == 0)
    return report.dry_run
               ? fmt::format(
                     "Set the station's clock. Load its log with --clock {}=-HH:MM:SS, by how far it was ahead.", name)
               : fmt::format(
                     "Set the station's clock. 'offcirc retry {} --clock {}=-HH:MM:SS', by how far it was ahead, "
                     "loads its records.",
                     report.load, name);
  const std::string option = fmt::format("--clock {}={}", name, clock_offset(offer));
  if (report.dry_run)
    return fmt::format("Set the station's clock. Load its log with {}; take off more if it was further ahead.", option);
  return fmt::format(
      "Set the station's clock. 'offcirc retry {} {}' loads its records; take off more if it was further ahead.",
      report.load, option);
}

}  // namespace

bool tells_of_clock(const ReportResult& result) {
  if (result.disposition == Disposition::already_loaded) return false;
  return result.recorded_at != result.occurred_at || has_found(result, Outcome::clock_ahead) ||
         has_found(result, Outcome::clock_jumped) || has_found(result, Outcome::clock_went_backwards);
}

bool tells_of_clock(const ResultGlance& plain) {
  return plain.recorded_at != plain.occurred_at;
}

void add_clock(StationClocks& clocks, const ReportResult& result, Seconds now) {
  const bool ahead = has_found(result, Outcome::clock_ahead);
  const bool jumped = has_found(result, Outcome::clock_jumped);
  const bool went_backwards = has_found(result, Outcome::clock_went_backwards);
  StationClock& clock = clocks[result.station];
  clock.ahead += ahead ? 1 : 0;
  clock.jumped += jumped ? 1 : 0;
  clock.went_backwards += went_backwards ? 1 : 0;
  // Of a record that was raised to its predecessor, the difference says nothing about the clock.
  if (result.recorded_at != result.occurred_at && !jumped && !went_backwards)
    clock.correction_seconds = result.occurred_at - result.recorded_at;
  if (!ahead) return;
  clock.pending += result.disposition == Disposition::rejected && !was_loaded_since(result) ? 1 : 0;
  // A retry judges by the clock of the first load, whose time is not at hand.
  if (!result.retry_of) clock.ahead_seconds = std::max(clock.ahead_seconds, result.occurred_at - now);
}

void add_clock(StationClocks& clocks, const ResultGlance& plain) {
  clocks[plain.station].correction_seconds = plain.occurred_at - plain.recorded_at;
}

std::string_view library_of_clock(std::string_view library, std::string_view station, const ReportLog* log) {
  return log == nullptr || log->library.empty() || log->station != station ? library : log->library;
}

void set_actions(StationClocks& clocks, std::string_view library, const Report& report) {
  for (auto& [station, clock] : clocks) clock.action = action_of(clock, library, station, report);
}

Seconds clock_to_offer(const StationClock& clock) {
  constexpr Seconds k_hour = 60 * 60, k_about = 5 * 60;
  Seconds off = clock.ahead_seconds;
  const Seconds over = off % k_hour;
  if (over >= k_hour - k_about)
    off += k_hour - over;
  else if (off > k_hour && over <= k_about)
    off -= over;
  return clock.correction_seconds - off;
}

std::vector<LibraryClocks> clocks_by_library(const Report& report) {
  std::unordered_map<std::string_view, const ReportLog*> logs;
  for (const ReportLog& log : report.logs) logs[log.path] = &log;
  std::map<std::string_view, StationClocks> by_library;
  for (const ReportResult& result : report.results) {
    if (!tells_of_clock(result)) continue;
    const std::string_view library = library_of_clock(result.library, result.station, logs[result.log]);
    add_clock(by_library[library], result, report.started_at);
  }
  std::vector<LibraryClocks> libraries;
  for (auto& [library, clocks] : by_library) {
    set_actions(clocks, library, report);
    libraries.push_back({library, std::move(clocks)});
  }
  if (!libraries.empty() && libraries.front().library.empty())
    std::rotate(libraries.begin(), libraries.begin() + 1, libraries.end());
  return libraries;
}

}  // namespace offcirc
