// Sums up the loads in the database: which there are, which stations uploaded, what is pending, and which mails are
// unsent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/journal/sendable.hpp"
#include "loader/model/missing_stations.hpp"

namespace offcirc {

/// The uploads of the loads that stand and began at `since` (UTC) or later.
Uploads find_uploads(const Database& database, Seconds since);

/// When the newest outage began (UTC), as far as the journal knows: the time of the earliest transaction of the newest
/// load that stands and has one. Rejected and already loaded transactions don't count, since a clock may have been
/// wrong, nor do retries. k_no_time if there is none.
Seconds find_outage_begin(const Database& database);

struct LoadLine {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< UTC
  std::string operator_name;
  std::int64_t logs = 0;
  std::int64_t records = 0;   ///< all of them, blank ones included
  std::int64_t rejected = 0;  ///< when the load was made; includes those retried since
  std::int64_t unreadable = 0;
  Seconds undone_at = k_no_time;  ///< k_no_time: it was not
  bool undone_in_part = false;
  Seconds pruned_at = k_no_time;
};

/// Pending transactions of one load, rejected with one outcome, that a retry would run again.
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
  std::string last_error;  ///< empty: no attempt yet
};

struct StatusRows {
  std::int64_t load_count = 0;
  std::vector<LoadLine> newest_loads;      ///< the newest first
  std::vector<WaitingLine> waiting;        ///< by load, then by outcome
  std::vector<UnreadableLine> unreadable;  ///< by load
  std::vector<UnsentLine> unsent;          ///< the oldest first
  std::vector<SendCount> sends;            ///< by load, then by state
  std::vector<OpenSend> open_sends;        ///< handed out, and neither confirmed nor withdrawn; the oldest first
  Seconds outage_began_at = k_no_time;     ///< k_no_time: nothing was loaded
  Uploads uploads;                         ///< since outage_began_at
};

/// `newest`: how many loads to list. Reads in one database transaction, and waits a few seconds if a load is being
/// committed.
StatusRows read_status(Database& database, std::int64_t newest);

}  // namespace offcirc
