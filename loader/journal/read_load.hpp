// Reads a load from the journal: which logs it had, and what became of each record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/result.hpp"
#include "loader/model/shelf_lists.hpp"

namespace offcirc {

// Reads results of the journal as rows of a statement give them.

/// A row of `results`; text is empty where the database has NULL, and so for the times.
struct StoredResult {
  std::uint64_t n = 0;    ///< from 1
  std::uint32_t log = 0;  ///< place of its log among those of the load
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0 = none
  std::string library, station;
  std::string kind;  ///< empty: unreadable
  std::string what;  ///< of an unsupported one: its name
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  std::string user_id, item_id, title;
  std::optional<ResultName> retry_of;                ///< of an earlier load that rejected it
  std::optional<LaterTry> retried_as;                ///< a later load that was not undone has run it again
  std::shared_ptr<const StoredDismissal> dismissed;  ///< null: it was not, or that no longer counts
  bool is_doubtful = false;                          ///< of an unreadable one
  Result result;
};

class ResultReader {
 public:
  /// What a statement has to select first; its FROM has results r and, for retry_of, k_joins.
  static constexpr std::string_view k_columns =
      "r.n, r.log, r.line, r.col, r.library, r.station, r.kind, r.recorded_at, r.occurred_at, r.user_id, r.item_id, "
      "r.title, r.disposition, r.findings, r.due_at, r.due_from, r.bill_cents, earlier.load, "
      "r.retry_of - earlier_load.first_result + 1, CASE WHEN r.kind = 'unsupported' THEN r.what END";
  static constexpr std::string_view k_joins =
      "LEFT JOIN result_rows earlier ON earlier.result = r.retry_of "
      "LEFT JOIN loads earlier_load ON earlier_load.load = earlier.load";
  static constexpr int k_column_count = 20;

  explicit ResultReader(const Database& database) : m_database(database) {}
  /// All but retried_as and dismissed. RunError where the row can't be understood; `load` is said in it.
  StoredResult read(const Statement& row, std::int64_t load);

 private:
  const Database& m_database;
  JournalJson m_json;
};

// A load as the journal has it: what was read from which logs, and what became of each record.

struct StoredLoad {
  std::int64_t load = 0;
  Seconds started_at = 0, finished_at = 0;  ///< UTC
  std::string operator_name;                ///< who ran it
  std::optional<Seconds> undone_at;         ///< it does not stand any more
  std::string undone_by;
  bool undone_in_part = false;       ///< some of it stands
  std::optional<Seconds> pruned_at;  ///< what it said of people was removed
  std::string system_name;           ///< as configured then; empty where a version that did not keep it wrote it
  std::vector<Log> logs;             ///< in bytewise order of path
  std::vector<LibraryStation> missing_stations;
  std::vector<StoredResult> results;  ///< by n
  ShelfLists shelf_lists;
};

/// The number of that load, of the newest where it is 0. RunError, with those that there are, where there is none.
std::int64_t find_load(const Database& database, std::int64_t load);

/// The newest load where `load` is 0. One transaction. RunError where there is no such load, or the journal can't be
/// understood.
StoredLoad load_of_journal(Database& database, std::int64_t load);

}  // namespace offcirc
