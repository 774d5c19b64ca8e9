// Removes what old loads say about people; what was loaded stays known, so that nothing is loaded twice.
#pragma once

#include <cstdint>

#include "loader/database/process_lock.hpp"

namespace offcirc {

struct PruneOptions {
  Seconds before = 0;    ///< UTC: loads that finished before
  int wait_seconds = 0;  ///< for the lock
  Invocation invocation;
};

struct PruneCount {
  std::int64_t loads = 0;
  std::int64_t results = 0;   ///< of these loads
  std::int64_t rejected = 0;  ///< among them: what was not loaded, and can't be run again any more
  std::uint64_t mails = 0;    ///< reports that were unsent, and left the queue
};

/// \pre this process holds the ProcessLock for writing. Loads that were pruned before are not counted. In a database
/// transaction of its own; durable when it returns.
PruneCount prune_loads(Database& database, const PruneOptions& options);

}  // namespace offcirc
