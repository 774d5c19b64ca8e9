// The model of a load's report, which the renderings only lay out, and the part of it that one library may see.
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

struct ReportLog {
  std::string path, format, library, station;
  std::uint64_t records = 0;
  std::optional<std::string> error;
  std::vector<LogNote> notes;
  std::uint64_t blank = 0;  ///< of `records`
};

struct ReportTotals {
  std::uint64_t lines = 0;  ///< all records, blank ones included: the sum of the other counts
  std::uint64_t loaded = 0, follow_up = 0, rejected = 0, already_loaded = 0, unreadable = 0, not_done = 0, blank = 0;
};

struct KindCount {
  std::uint64_t recorded = 0;
  std::uint64_t loaded = 0;  ///< loaded, follow-ups included
  std::uint64_t edits = 0;   ///< of `recorded`: edits of a registration
};

struct ReportLibrary {
  std::string code;  ///< empty: for everything whose library is not known
  std::string name;  ///< empty if the configuration does not have the library
};

/// A hold that staff have to compare with the hold shelf of its pickup library.
struct ReportHold {
  ShelfEvent event = ShelfEvent::filled;
  std::string_view library;  ///< the pickup library
  std::string_view hold_id, user_id, user_name;
  std::string_view item_id, title;  ///< empty if no item is known
  Seconds at = k_no_time;           ///< UTC; when the transaction occurred, or when the hold was placed
};

/// A charge that came due since the outage began. Its item may already be on a shelf.
struct ReportDueCharge {
  std::string_view library;  ///< of the checkout
  std::string_view user_id, user_name, item_id, title;
  Seconds due_at = k_no_time;
};

/// What happened to a load after it was reported.
struct ReportAftermath {
  std::optional<Seconds> undone_at;  ///< UTC; its changes are no longer in the database
  std::string undone_by;
  bool undone_in_part = false;       ///< except for what had changed since
  std::optional<Seconds> pruned_at;  ///< UTC; its personal data was removed
};

/// Its views point into `kept`, into `source`, or into what make_report() was given. It can be moved, but not copied.
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
  std::array<KindCount, 6> kinds;  ///< by Kind, without unsupported
  /// Libraries that have a log, a result, a hold, a due charge or a missing station. By code; no library comes last.
  std::vector<ReportLibrary> libraries;
  std::vector<LibraryStation> missing_stations;  ///< whose logs are missing; by library, then in roster order
  ReportResults results;
  std::vector<ReportHold> holds;             ///< to compare with the hold shelf; by library, event, time, hold
  std::vector<ReportDueCharge> due_charges;  ///< by library, time, item
  /// Nothing was loaded because every transaction is in the future. The clock of this computer may be wrong.
  bool all_is_ahead = false;
  bool lists_loaded = false;  ///< renderings also list what was loaded with nothing to do

  std::string_view keep(std::string text) { return kept.emplace_back(std::move(text)); }
  std::deque<std::string> kept;
  std::shared_ptr<const void> source;
};

/// Has views into `outcome`, which must outlive it. Aborts if the records of the logs and the results do not add up.
Report make_report(const LoadOutcome& outcome, const Config& config);

/// The part of a report that a library may see: what its stations recorded, and what concerns its shelves. Results keep
/// their numbers. A log of another library counts only the records of this one and omits the notes on the log as a
/// whole; the totals cover what is left. `whole` must outlive the returned report. A library that the report does not
/// mention gets an empty part.
Report only_library(const Report& whole, std::string_view code);

}  // namespace offcirc
