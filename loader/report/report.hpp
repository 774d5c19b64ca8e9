// The model of a report, and the part of it that one library may see.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/model/load_outcome.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/shelf_lists.hpp"
#include "loader/report/report_results.hpp"

namespace offcirc {

// One model of a load's report; the renderings only lay it out.

struct ReportLog {
  std::string path, format, library, station;
  std::uint64_t records = 0;
  std::optional<std::string> error;
  std::vector<LogNote> notes;
  std::uint64_t blank = 0;  ///< of the records
};

struct ReportTotals {
  std::uint64_t lines = 0;  ///< records, blank ones included: the sum of the others
  std::uint64_t loaded = 0, follow_up = 0, rejected = 0, already_loaded = 0, unreadable = 0, not_done = 0, blank = 0;
};

struct KindCount {
  std::uint64_t recorded = 0;
  std::uint64_t loaded = 0;  ///< loaded or follow-up
  std::uint64_t edits = 0;   ///< recorded ones that are edits of a registration
};

struct ReportLibrary {
  std::string code;  ///< empty: of what no library is known
  std::string name;  ///< empty where the config does not have the library
};

/// A hold that staff have to compare with the hold shelf of its pickup library.
struct ReportHold {
  ShelfEvent event = ShelfEvent::filled;
  std::string_view library;  ///< of pickup
  std::string_view hold_id, user_id, user_name;
  std::string_view item_id, title;  ///< the item may be unknown: empty
  Seconds at = k_no_time;           ///< of the transaction, or when it was placed
};

/// A charge that came due since the outage began: its item may lie on a shelf already.
struct ReportDueCharge {
  std::string_view library;  ///< of the checkout
  std::string_view user_id, user_name, item_id, title;
  Seconds due_at = k_no_time;
};

/// What has become of a load after it was reported.
struct ReportAftermath {
  std::optional<Seconds> undone_at;  ///< UTC; the database does not have it any more
  std::string undone_by;
  bool undone_in_part = false;       ///< but for what had changed since
  std::optional<Seconds> pruned_at;  ///< what it said of people was removed
};

/// What its views point into lives in `kept`, in `source`, or in what make_report() was given. Only moved.
struct Report {
  Report() = default;
  Report(Report&&) noexcept = default;
  Report& operator=(Report&&) noexcept = default;

  std::int64_t load = 0;  ///< 0 in a dry run
  bool dry_run = false;
  std::string system_name;
  std::string only_library;  ///< code; empty: this is the whole report
  Seconds started_at = 0, finished_at = 0;
  ReportAftermath aftermath;
  std::vector<ReportLog> logs;
  ReportTotals totals;
  std::array<KindCount, 6> kinds;  ///< by Kind, unsupported left out
  /// That have a log, a result, a hold, a due charge or a missing station; by code, no library last.
  std::vector<ReportLibrary> libraries;
  std::vector<LibraryStation> missing_stations;  ///< whose logs are still to come; by library, as rostered
  ReportResults results;
  std::vector<ReportHold> holds;             ///< for reconciliation of the hold shelf; by library, event, time, hold
  std::vector<ReportDueCharge> due_charges;  ///< by library, time, item
  /// Nothing was loaded, since everything lies in the future: it may be the clock of this computer that is wrong.
  bool all_is_ahead = false;
  bool lists_loaded = false;  ///< renderings for people list what was simply loaded too

  std::string_view keep(std::string text) { return kept.emplace_back(std::move(text)); }
  std::deque<std::string> kept;
  std::shared_ptr<const void> source;
};

/// Views into `outcome`, which has to outlive it. Aborts where the records of the logs and the results do not add up.
Report make_report(const LoadOutcome& outcome, const Config& config);

// The part of a report that a library may see: what its stations recorded, and what concerns its shelves.

/// Results keep their numbers. A log that is another library's counts only the records of this one, and leaves out what
/// is noted of it as a whole; the totals are of what is left. `whole` outlives what is returned. A library that the
/// report says nothing of has an empty part.
Report only_library(const Report& whole, std::string_view code);

}  // namespace offcirc
