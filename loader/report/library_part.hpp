// Picks out what a report says about each library, and about the clocks of its stations.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

// The stations whose clocks were off, according to the results.

struct StationClock {
  Seconds correction_seconds = 0;    ///< added to the times that the station recorded
  std::uint64_t ahead = 0;           ///< records in the future, or in a run that ends there
  std::uint64_t jumped = 0;          ///< records far later than those around them
  std::uint64_t went_backwards = 0;  ///< records slightly earlier than the one before
  std::uint64_t pending = 0;         ///< of the records ahead: rejected, and not loaded since
  Seconds ahead_seconds = 0;         ///< the least by which the clock was ahead; 0: not known
  std::string action = {};           ///< what to do about it
};

/// Keyed by station.
using StationClocks = std::map<std::string_view, StationClock>;

/// Whether the result shows that the clock of its station was off. Results that are already loaded are ignored.
bool tells_of_clock(const ReportResult& result);
/// The same for a plain result.
bool tells_of_clock(const ResultGlance& plain);

/// Adds what the result shows. `now` is when its load began.
/// \pre tells_of_clock()
void add_clock(StationClocks& clocks, const ReportResult& result, Seconds now);
void add_clock(StationClocks& clocks, const ResultGlance& plain);

/// The library under which to list the clock of the station that recorded a result of `library` into `log`: that of the
/// log, no matter which temporary library was set at the desk. `library` itself if the log is null, is of another
/// station, or does not say its library.
std::string_view library_of_clock(std::string_view library, std::string_view station, const ReportLog* log);

/// Sets the action for each clock. All results must have been added.
void set_actions(StationClocks& clocks, std::string_view library, const Report& report);

/// The offset to suggest for --clock, in seconds: it takes back the time by which the clock is ahead. That time is
/// rounded to whole hours if it is within five minutes of them, as after a change to or from daylight saving time.
Seconds clock_to_offer(const StationClock& clock);

struct LibraryClocks {
  std::string_view library;
  StationClocks clocks;
};

/// The clocks of the whole report, by library; those without a library come last.
std::vector<LibraryClocks> clocks_by_library(const Report& report);

/// The unsupported transactions of one command. They are counted, since a night of another system may have thousands.
struct UnsupportedCommand {
  std::uint64_t count = 0;
  ReportResult first;  ///< the first in replay order
};

/// What a report says about one library. Points into the report. Results are in replay order.
struct LibraryPart {
  std::string_view code, name;
  ResultList rejected;                                         ///< without registrations and unsupported transactions
  std::map<std::string_view, UnsupportedCommand> unsupported;  ///< rejected; keyed by ReportResult::what
  ResultList loaded_since;                                     ///< rejected, but loaded by a later load
  ResultList dismissed;                                        ///< rejected or unreadable, and settled by hand
  ResultList out;                                              ///< refused checkouts whose items are unaccounted for
  ResultList follow_up;
  ResultList registrations;  ///< rejected, or follow-ups about a new user
  ResultList unreadable;
  ResultList live;                                ///< loaded here, but with something to do in the live system
  ResultList not_done;                            ///< refused or canceled by the system at the time
  ResultList loaded;                              ///< loaded with nothing to do; empty unless the report lists them
  std::vector<const ReportLog*> remarkable_logs;  ///< with an error or notes
  std::vector<const ReportHold*> holds;           ///< for pickup here
  std::vector<const ReportDueCharge*> due_charges;
  StationClocks clocks;  ///< of stations whose clocks were off
  std::vector<std::string_view> missing_stations;
  std::array<KindCount, 6> kinds;
  std::uint64_t already_loaded = 0;
  std::uint64_t settled = 0;  ///< follow-ups that later records of the load left nothing to do about

  [[nodiscard]] bool has_something_to_do() const;
  /// Counts unsupported transactions of all commands.
  [[nodiscard]] std::uint64_t count_unsupported() const;
  /// Whether there are transactions to count, even if none of them was loaded.
  [[nodiscard]] bool has_counts() const;
  [[nodiscard]] bool is_empty() const { return !has_counts() && !has_something_to_do(); }
};

/// What must be known about a log to show one of its results.
struct LogSummary {
  const ReportLog* log = nullptr;
  std::uint64_t loaded = 0;  ///< loaded results, follow-ups included
};

struct SortedReport {
  std::vector<LibraryPart> libraries;                     ///< in the order of Report::libraries
  std::unordered_map<std::string_view, LogSummary> logs;  ///< by path
};

/// `report` must outlive the returned value.
SortedReport sort_by_library(const Report& report);

/// Whether an outcome with this code is about a new user, and is listed with the registrations to review.
bool is_about_registration(std::string_view code);

/// Whether the log itself has the note, once for all of its lines.
bool log_says(const SortedReport& sorted, const ReportResult& result, std::string_view code);

}  // namespace offcirc
