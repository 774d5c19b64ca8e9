// What the database says of its loads as a whole: which stations uploaded, what is unsent, and what is pending.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/missing_stations.hpp"

namespace offcirc {

// Which stations earlier loads have had logs of, and since when the newest outage lasts, as the journal knows it.

/// Of the loads that stand and began at `since` (UTC) or later.
Uploads find_uploads(const Database& database, Seconds since);

/// UTC; the earliest transaction of the newest load that stands and has one, leaving out those that were rejected or
/// already loaded, since a clock may have been wrong, and those of retries. k_no_time where there is none.
Seconds find_outage_begin(const Database& database);

// What the database says of its loads as a whole: which there were, what is still to be sent, and what waits.

struct LoadLine {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< UTC
  std::string operator_name;
  std::int64_t logs = 0;
  std::int64_t records = 0;   ///< all of them, blank ones included
  std::int64_t rejected = 0;  ///< when the load was made, as are those below
  std::int64_t unreadable = 0;
  Seconds undone_at = k_no_time;  ///< k_no_time: it was not
  bool undone_in_part = false;
  Seconds pruned_at = k_no_time;
};

/// Rejected transactions of one load that a retry would run again.
struct WaitingLine {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< of the load
  std::string outcome;     ///< its code
  std::int64_t transactions = 0;
};

/// Unreadable records of one load that nobody has dismissed.
struct UnreadableLine {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< of the load
  std::int64_t records = 0;
};

struct UnsentLine {
  std::int64_t load = 0;
  std::string library;    ///< empty: the whole report
  Seconds queued_at = 0;  ///< UTC
  std::int64_t attempts = 0;
  std::string last_error;  ///< empty: there was no attempt
};

struct StatusRows {
  std::int64_t load_count = 0;
  std::vector<LoadLine> newest_loads;      ///< the newest first
  std::vector<WaitingLine> waiting;        ///< by load, then by outcome
  std::vector<UnreadableLine> unreadable;  ///< by load
  std::vector<UnsentLine> unsent;          ///< the oldest first
  Seconds outage_began_at = k_no_time;     ///< k_no_time: nothing was loaded
  Uploads uploads;                         ///< since then
};

/// `newest`: how many loads to list. One transaction, which waits some seconds for a load that is being written.
StatusRows read_status(Database& database, std::int64_t newest);

}  // namespace offcirc
