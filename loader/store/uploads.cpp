#include "loader/store/uploads.hpp"

#include <string>

#include "loader/policy/policy.hpp"

namespace offcirc {
namespace {

// Where a line does not say its library or station, its log does; which log it was, only its result knows.
constexpr std::string_view k_uploads = R"sql(
WITH since AS (SELECT load FROM loads WHERE undone_at IS NULL AND started_at >= ?1),
  desks AS (SELECT load, iif(temporary_library <> '', temporary_library, library) AS library, station
            FROM since CROSS JOIN load_desks USING (load))
SELECT library, station FROM since CROSS JOIN load_logs USING (load)
UNION
SELECT library, station FROM desks WHERE library <> '' AND station <> ''
UNION
SELECT iif(d.library <> '', d.library, g.library), iif(d.station <> '', d.station, g.station)
FROM desks d CROSS JOIN load_logs g USING (load) WHERE d.library = '' OR d.station = ''
)sql";

// Results are numbered in the order of their times, the unreadable ones last. What a retry has loaded says when that
// was recorded, but not when the outage began.
constexpr std::string_view k_outage_begin = R"sql(
SELECT (SELECT occurred_at FROM results
        WHERE result BETWEEN first_result AND first_result + result_count - 1
          AND disposition IN ('loaded', 'follow-up') AND retry_of IS NULL ORDER BY result LIMIT 1) AS began_at
FROM loads WHERE undone_at IS NULL AND began_at IS NOT NULL ORDER BY load DESC LIMIT 1
)sql";

}  // namespace

Uploads find_uploads(const Database& database, Seconds since) {
  Uploads uploads;
  Statement rows(database, k_uploads);
  rows.with(since);
  while (rows.next()) uploads.emplace(rows.text(0), normal_station(rows.text(1)));
  return uploads;
}

Seconds find_outage_begin(const Database& database) {
  Statement row(database, k_outage_begin);
  return row.next() ? row.integer(0) : k_no_time;
}

}  // namespace offcirc
