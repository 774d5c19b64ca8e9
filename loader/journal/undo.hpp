// Undoes a load: restores every row that it changed, unless the row was modified since.
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

struct UndoOptions {
  std::int64_t load = 0;
  bool partial = false;  ///< undo what was not modified since, and leave the rest
  int wait_seconds = 0;  ///< for the lock
  Invocation invocation;
};

/// How many rows were restored, how many records may be loaded again (`records`), and how many transactions that the
/// load had retried are pending again (`waiting`). `users` counts registered users, who were removed.
struct PutBack {
  std::int64_t items = 0, charges = 0, holds = 0, bills = 0, users = 0, uses = 0, records = 0, waiting = 0,
               edited_users = 0;
};

struct UndoOutcome {
  bool done = false;  ///< false: rows were modified since, so nothing was changed
  PutBack put_back;
  std::vector<std::string> changed_since;  ///< a sentence for each of the first conflicts, without a final period
  std::size_t changed_since_count = 0;     ///< of all conflicts
  WithdrawnMails mails;
};

/// Undoes the load in a database transaction of its own; durable when it returns. RunError if the load can't be undone
/// at all. \pre this process holds the ProcessLock for writing.
UndoOutcome undo_load(Database& database, const UndoOptions& options, const Zone& zone);

/// Restores all rows that the load changed except `kept`, and deletes the record that it changed them. None of the
/// restored rows may have been modified since.
PutBack put_back_rows(Database& database, std::int64_t load, const KeptRows& kept);

}  // namespace offcirc
