// What the database says of its loads as a whole: which there were, what is still to be sent, and what waits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/intake/missing_stations.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

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

/// `newest`: of how many loads to tell.
StatusRows read_status_rows(const Database& database, std::int64_t newest);

}  // namespace offcirc
