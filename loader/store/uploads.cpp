#include "loader/store/uploads.hpp"

#include <map>
#include <string>
#include <utility>

#include "loader/policy/policy.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_logs = R"sql(
SELECT l.load, g.library, g.station FROM loads l CROSS JOIN load_logs g ON g.load = l.load
WHERE l.undone_at IS NULL AND l.started_at >= ?1
)sql";

constexpr std::string_view k_desks = R"sql(
SELECT DISTINCT l.load, iif(d.temporary_library <> '', d.temporary_library, d.library), d.station
FROM loads l CROSS JOIN load_desks d ON d.load = l.load WHERE l.undone_at IS NULL AND l.started_at >= ?1
)sql";

// Results are numbered in the order of their times, the unreadable ones last. What a retry has loaded says when that
// was recorded, but not when the outage began.
constexpr std::string_view k_outage_begin = R"sql(
SELECT (SELECT occurred_at FROM results
        WHERE result BETWEEN first_result AND first_result + result_count - 1
          AND disposition IN ('loaded', 'follow-up') AND retry_of IS NULL ORDER BY result LIMIT 1) AS began_at
FROM loads WHERE undone_at IS NULL AND began_at IS NOT NULL ORDER BY load DESC LIMIT 1
)sql";

/// What the logs of one load say, and what its lines say that name only their library or only their station. Their logs
/// say the other half, but only its result knows which log a line was in.
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

}  // namespace offcirc
