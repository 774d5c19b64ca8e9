// What a report says about one library, picked out of the whole.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/report/report.hpp"
#include "loader/report/station_clocks.hpp"

namespace offcirc {

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
