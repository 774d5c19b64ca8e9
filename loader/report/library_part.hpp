// What a report says about one library, and about the clocks of its stations.
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

// The stations whose clocks were off, gathered from the results of a library.

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

// What a report says about one library, picked out of the whole.

/// The unsupported transactions of one command: a night of somebody else's system may have thousands.
struct UnsupportedCommand {
  std::uint64_t count = 0;
  ReportResult first;  ///< in replay order
};

/// Points into the report. Results are in replay order.
struct LibraryPart {
  std::string_view code, name;
  ResultList rejected;                                         ///< but for registrations and what is unsupported
  std::map<std::string_view, UnsupportedCommand> unsupported;  ///< rejected; by ReportResult::what
  ResultList loaded_since;                                     ///< rejected, but loaded by a later load
  ResultList dismissed;                                        ///< rejected or unreadable, and settled by hand
  ResultList out;                                              ///< refused checkouts whose items nobody has seen since
  ResultList follow_up;
  ResultList registrations;  ///< rejected, or to follow up and about a new user
  ResultList unreadable;
  ResultList not_done;                            ///< refused or canceled when they happened
  ResultList loaded;                              ///< simply loaded; only where the report lists them
  std::vector<const ReportLog*> remarkable_logs;  ///< with an error or notes
  std::vector<const ReportHold*> holds;           ///< for pickup here
  std::vector<const ReportDueCharge*> due_charges;
  StationClocks clocks;  ///< of stations whose clocks were off
  std::vector<std::string_view> missing_stations;
  std::array<KindCount, 6> kinds;
  std::uint64_t already_loaded = 0;
  std::uint64_t settled = 0;  ///< follow-ups of which later records of the load left nothing to do

  [[nodiscard]] bool has_something_to_do() const;
  /// Transactions, of all commands.
  [[nodiscard]] std::uint64_t count_unsupported() const;
  /// There are transactions to count, even if none of them was loaded.
  [[nodiscard]] bool has_counts() const;
  [[nodiscard]] bool is_empty() const { return !has_counts() && !has_something_to_do(); }
};

/// What is known of a log when one of its results is shown.
struct LogSummary {
  const ReportLog* log = nullptr;
  std::uint64_t loaded = 0;  ///< results that were loaded, those to follow up included
};

struct SortedReport {
  std::vector<LibraryPart> libraries;                     ///< in the order of Report::libraries
  std::unordered_map<std::string_view, LogSummary> logs;  ///< by path
};

/// `report` outlives what is returned.
SortedReport sort_by_library(const Report& report);

/// The outcome of that code is about a new user, and stands with the registrations to review.
bool is_about_registration(std::string_view code);

/// The note that the log itself has says it once for all of its lines.
bool log_says(const SortedReport& sorted, const ReportResult& result, std::string_view code);

}  // namespace offcirc
