// Removes the personal data of old loads from the journal. What was loaded stays recorded, so that nothing is loaded
// twice.
#pragma once

#include <cstdint>

#include "loader/database/process_lock.hpp"

namespace offcirc {

struct PruneOptions {
  Seconds before = 0;    ///< UTC; loads that finished before it are pruned
  int wait_seconds = 0;  ///< for the lock
  Invocation invocation;
};

struct PruneCount {
  std::int64_t loads = 0;
  std::int64_t results = 0;   ///< of these loads
  std::int64_t rejected = 0;  ///< the rejected ones among them, which can't be retried any more
  std::uint64_t mails = 0;    ///< unsent reports that left the queue
};

/// Prunes in a database transaction of its own; durable when it returns. Loads that were pruned before are not counted.
/// \pre this process holds the ProcessLock for writing.
PruneCount prune_loads(Database& database, const PruneOptions& options);

}  // namespace offcirc
