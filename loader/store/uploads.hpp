// Which stations earlier loads have had logs of, and since when the newest outage lasts, as the journal knows it.
#pragma once

#include "loader/intake/missing_stations.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// Of the loads that stand and began at `since` (UTC) or later.
Uploads find_uploads(const Database& database, Seconds since);

/// UTC; the earliest transaction of the newest load that stands and has one, leaving out those that were rejected or
/// already loaded, since a clock may have been wrong, and those of retries. k_no_time where there is none.
Seconds find_outage_begin(const Database& database);

}  // namespace offcirc
