// Reads a load from the journal: its logs, and what became of each record.
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
#include "loader/journal/send_queue.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/result.hpp"
#include "loader/model/shelf_lists.hpp"

namespace offcirc {

/// A row of the view `results`. NULL is read as empty text, or as k_no_time.
struct StoredResult {
  std::uint64_t n = 0;    ///< number in the report, from 1
  std::uint32_t log = 0;  ///< index into StoredLoad::logs
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0: none
  std::string library, station;
  std::string kind;  ///< empty: unreadable
  std::string what;  ///< name of an unsupported transaction
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  std::string user_id, item_id, title;
  std::optional<ResultName> retry_of;                ///< the prior attempt, rejected by an earlier load
  std::optional<LaterAttempt> retried_as;            ///< the newest retry by a load that was not undone
  std::shared_ptr<const StoredDismissal> dismissed;  ///< null: it was not, or the dismissal no longer counts
  std::shared_ptr<const StoredSend> sent;            ///< null: nothing of it was sent
  bool is_doubtful = false;                          ///< what could be read of an unreadable record may be wrong
  Result result;
};

class ResultReader {
 public:
  /// The columns that a statement must select first, from `results r` and, for retry_of, k_joins.
  static constexpr std::string_view k_columns =
      "r.n, r.log, r.line, r.col, r.library, r.station, r.kind, r.recorded_at, r.occurred_at, r.user_id, r.item_id, "
      "r.title, r.disposition, r.findings, r.due_at, r.due_from, r.bill_cents, earlier.load, "
      "r.retry_of - earlier_load.first_result + 1, CASE WHEN r.kind = 'unsupported' THEN r.what END";
  static constexpr std::string_view k_joins =
      "LEFT JOIN result_rows earlier ON earlier.result = r.retry_of "
      "LEFT JOIN loads earlier_load ON earlier_load.load = earlier.load";
  static constexpr int k_column_count = 20;

  explicit ResultReader(const Database& database) : m_database(database) {}
  /// Reads everything but retried_as, dismissed and sent. RunError, which names `load`, if the row can't be understood.
  StoredResult read(const Statement& row, std::int64_t load);

 private:
  const Database& m_database;
  JournalJson m_json;
};

struct StoredLoad {
  std::int64_t load = 0;
  Seconds started_at = 0, finished_at = 0;  ///< UTC
  std::string operator_name;                ///< who ran it
  std::optional<Seconds> undone_at;         ///< none: it stands
  std::string undone_by;
  bool undone_in_part = false;       ///< some of it was not undone
  std::optional<Seconds> pruned_at;  ///< its personal data was removed
  std::string system_name;           ///< as configured then; empty if written by a version that did not store it
  std::vector<Log> logs;             ///< in bytewise order of path
  std::vector<LibraryStation> missing_stations;
  std::vector<StoredResult> results;  ///< by n
  ShelfLists shelf_lists;
};

/// The number of that load, or of the newest if `load` is 0. RunError, which names the loads that exist, if there is
/// none.
std::int64_t find_load(const Database& database, std::int64_t load);

/// Reads that load, or the newest if `load` is 0, in one database transaction. RunError if there is no such load, or if
/// the journal can't be understood.
StoredLoad load_of_journal(Database& database, std::int64_t load);

}  // namespace offcirc
