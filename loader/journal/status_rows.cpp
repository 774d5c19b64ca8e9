#include "loader/journal/status_rows.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "loader/journal/waiting.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_logs = R"sql(
SELECT l.load, g.library, g.station FROM loads l CROSS JOIN load_logs g ON g.load = l.load
WHERE l.undone_at IS NULL AND l.started_at >= ?1
)sql";

constexpr std::string_view k_desks = R"sql(
SELECT DISTINCT l.load, CASE WHEN d.temporary_library <> '' THEN d.temporary_library ELSE d.library END, d.station
FROM loads l CROSS JOIN load_desks d ON d.load = l.load WHERE l.undone_at IS NULL AND l.started_at >= ?1
)sql";

// Results are numbered in order of time, unreadable ones last. Retries are left out, because their transactions may be
// from an earlier outage.
constexpr std::string_view k_outage_begin = R"sql(
SELECT began_at FROM (
  SELECT load, (SELECT r.occurred_at FROM result_rows r LEFT JOIN result_details x ON x.result = r.result
      WHERE r.result BETWEEN first_result AND first_result + result_count - 1
        AND r.disposition IN (0, 1) AND x.retry_of IS NULL ORDER BY r.result LIMIT 1) AS began_at
  FROM loads WHERE undone_at IS NULL)
WHERE began_at IS NOT NULL ORDER BY load DESC LIMIT 1
)sql";

/// The libraries and stations that the logs of one load name, and those of lines that name only one of the two. The
/// other one is that of the line's log, for which all logs of the load are taken as candidates.
struct OfLoad {
  LooseUploads logs;
  std::set<std::string> libraries, stations;
};

}  // namespace

Uploads find_uploads(const Database& database, Seconds since) {
  Uploads uploads;
  std::map<std::int64_t, OfLoad> loads;
  Statement logs(database, k_logs);
  for (logs.with(since); logs.next();) {
    const std::string library(logs.text(1)), station = normal_station(logs.text(2));
    OfLoad& load = loads[logs.integer(0)];
    load.logs.libraries.insert(library);
    load.logs.stations.insert(station);
    uploads.known.emplace(library, station);
  }
  Statement desks(database, k_desks);
  for (desks.with(since); desks.next();) {
    const std::string library(desks.text(1)), station = normal_station(desks.text(2));
    OfLoad& load = loads[desks.integer(0)];
    if (!library.empty() && !station.empty()) uploads.known.emplace(library, station);
    if (library.empty() && !station.empty()) load.stations.insert(station);
    if (!library.empty() && station.empty()) load.libraries.insert(library);
  }
  for (auto& [number, load] : loads) {
    if (!load.stations.empty()) uploads.loose.push_back({load.logs.libraries, std::move(load.stations)});
    if (!load.libraries.empty()) uploads.loose.push_back({std::move(load.libraries), std::move(load.logs.stations)});
  }
  return uploads;
}

Seconds find_outage_begin(const Database& database) {
  Statement row(database, k_outage_begin);
  return row.next() ? row.integer(0) : k_no_time;
}

namespace {

// Counts only rejected and unreadable results, which have indexes, since a load may have millions of results.
constexpr std::string_view k_newest_loads = R"sql(
SELECT load, started_at, operator, undone_at, undone_in_part, pruned_at,
  (SELECT count(*) FROM load_logs g WHERE g.load = l.load),
  (SELECT coalesce(sum(records), 0) FROM load_logs g WHERE g.load = l.load),
  (SELECT count(*) FROM result_rows r WHERE r.load = l.load AND r.disposition = 2),
  (SELECT count(*) FROM result_rows r WHERE r.load = l.load AND r.disposition = 4)
FROM loads l ORDER BY load DESC LIMIT ?1
)sql";

constexpr std::string_view k_unsent =
    "SELECT load, library, queued_at, attempts, last_error FROM mails WHERE done_at IS NULL ORDER BY mail";

std::vector<LoadLine> read_newest_loads(const Database& database, std::int64_t newest) {
  Statement row(database, k_newest_loads);
  row.with(newest);
  std::vector<LoadLine> loads;
  while (row.next()) {
    LoadLine& load = loads.emplace_back();
    load.load = row.integer(0);
    load.started_at = row.integer(1);
    load.operator_name = row.text(2);
    load.undone_at = row.integer_or(3, k_no_time);
    load.undone_in_part = row.integer(4) != 0;
    load.pruned_at = row.integer_or(5, k_no_time);
    load.logs = row.integer(6);
    load.records = row.integer(7);
    load.rejected = row.integer(8);
    load.unreadable = row.integer(9);
  }
  return loads;
}

std::vector<WaitingLine> read_waiting(const Database& database) {
  Statement row(database, fmt::format("SELECT r.load, l.started_at, r.outcome, count(*) {} WHERE {} "
                                      "GROUP BY r.load, r.outcome ORDER BY r.load, r.outcome",
                                      k_waiting_from, waiting_where()));
  std::vector<WaitingLine> waiting;
  while (row.next()) waiting.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), row.integer(3)});
  return waiting;
}

std::vector<UnreadableLine> read_unreadable(const Database& database) {
  Statement row(database,
                fmt::format("SELECT r.load, l.started_at, count(*) FROM result_rows r INDEXED BY results_unreadable "
                            "CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL AND l.pruned_at IS NULL "
                            "WHERE r.disposition = 4 AND NOT {} GROUP BY r.load ORDER BY r.load",
                            k_is_dismissed));
  std::vector<UnreadableLine> unreadable;
  while (row.next()) unreadable.push_back({row.integer(0), row.integer(1), row.integer(2)});
  return unreadable;
}

std::vector<UnsentLine> read_unsent(const Database& database) {
  Statement row(database, k_unsent);
  std::vector<UnsentLine> unsent;
  while (row.next())
    unsent.push_back(
        {row.integer(0), std::string(row.text(1)), row.integer(2), row.integer(3), std::string(row.text(4))});
  return unsent;
}

}  // namespace

StatusRows read_status(Database& database, std::int64_t newest) {
  constexpr int k_patience_seconds = 10;
  database.wait_for_locks(k_patience_seconds);
  const DbTransaction transaction(database);
  StatusRows rows;
  Statement count(database, "SELECT count(*) FROM loads");
  count.next();
  rows.load_count = count.integer(0);
  rows.newest_loads = read_newest_loads(database, newest);
  rows.waiting = read_waiting(database);
  rows.unreadable = read_unreadable(database);
  rows.unsent = read_unsent(database);
  rows.sends = count_send_states(database);
  rows.open_sends = find_open_sends(database);
  rows.outage_began_at = find_outage_begin(database);
  if (rows.outage_began_at != k_no_time) rows.uploads = find_uploads(database, rows.outage_began_at);
  return rows;
}

}  // namespace offcirc
