// Takes a load back: every row that it changed is put back as it was before, unless somebody has changed it since.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/store/events.hpp"
#include "loader/store/queued_mail.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct UndoOptions {
  std::int64_t load = 0;
  bool partial = false;  ///< put back what nobody has changed since, and leave the rest
  int wait_seconds = 0;  ///< for the lock
  Invocation invocation;
};

/// How many rows were put back, how many records may be loaded again, and how many wait again to be run again.
struct PutBack {
  std::int64_t items = 0, charges = 0, holds = 0, bills = 0, users = 0, uses = 0, records = 0, waiting = 0,
               edited_users = 0;
};

struct UndoOutcome {
  bool done = false;  ///< false: rows have changed since, so that nothing was put back
  PutBack put_back;
  std::vector<std::string> changed_since;  ///< a sentence for each of the first rows that have; without a full stop
  std::size_t changed_since_count = 0;     ///< of all
  WithdrawnMails mails;
};

/// \pre this process holds the ProcessLock for writing. In a database transaction of its own; durable when it returns.
/// RunError where the load can't be undone at all.
UndoOutcome undo_load(Database& database, const UndoOptions& options, const Zone& zone);

}  // namespace offcirc
