// One circulation database as a run sees it: opened, locked, and changed in one transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "loader/database/process_lock.hpp"
#include "loader/progress.hpp"

namespace offcirc {

class Database;
class Zone;
struct DismissOptions;
struct ImportOutcome;
struct ImportOptions;
struct LoadHead;
struct Policy;
struct PruneCount;
struct PruneOptions;
struct Replayed;
struct UndoOptions;
struct UndoOutcome;

/// Functions of loader/circulation and loader/journal read from database(). What changes the database is here, because
/// it needs the lock. Every failure of the database is a RunError that names the file and the way out.
class Store {
 public:
  enum class Access { read, write };

  /// Creates the database. Returns false if there is one already. RunError if the file is not a database of offcirc or
  /// has another format; it is left alone.
  static bool create(const std::filesystem::path& file, const Invocation& invocation = {});
  /// RunError if there is no such file, or if it is not a database of offcirc or has another format.
  Store(const std::filesystem::path& file, Access access);
  Store(Store&&) noexcept;
  ~Store();  ///< rolls back what has begun and is not committed

  [[nodiscard]] Database& database() const;

  /// Reports to `progress`, which outlives the store, how far reading and writing have come.
  void show(Progress& progress);

  /// Begins the one transaction of a load. With Access::write no other process can begin one until the store is gone:
  /// waits `wait_seconds` for one that has, and tells processes that wait for this one `who` it is. With Access::read
  /// the transaction sees one state of the database throughout.
  void begin(int wait_seconds, const Invocation& who = {});
  /// Commits what the functions of loader/journal wrote into database() since begin(): durable when this returns. The
  /// lock is kept.
  void commit();
  /// Begins another transaction after commit(), under the same lock.
  void begin_again();
  /// Writes what a load changed, and its journal: durable when this returns. Returns the number of the load, from 1.
  std::int64_t commit(const Replayed& replayed, const LoadHead& head);

  // Each of these takes the lock, is a database transaction of its own, and is durable when it returns.

  /// See dismissals.hpp, undo.hpp and prune.hpp.
  std::size_t dismiss(const DismissOptions& options);
  UndoOutcome undo(const UndoOptions& options, const Zone& zone);
  PruneCount prune(const PruneOptions& options);
  /// Upserts users.csv, items.csv, charges.csv, holds.csv and bills.csv among `files`. If any row is wrong, nothing is
  /// imported, and one RunError lists every error with its file and line.
  ImportOutcome import_csv(const std::vector<std::filesystem::path>& files, const Policy& policy,
                           const ImportOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace offcirc
