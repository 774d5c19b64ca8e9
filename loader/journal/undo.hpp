// Undoes a load: the rows that it changed become what they were before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/conflicts.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// Takes a load back: every row that it changed is put back as it was before, unless somebody has changed it since.

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

// Puts the rows that a load changed back as they were before it.

/// All but `kept`; what is put back is forgotten as a change of the load. None of it may have changed since.
PutBack put_back_rows(Database& database, std::int64_t load, const KeptRows& kept);

}  // namespace offcirc
