// Imports the data files of a circulation system into the database: all of them, or nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

struct ImportOptions {
  bool replace = false;  ///< remove the rows that a table's files do not have
  bool dry_run = false;
  int wait_seconds = 0;  ///< how long to wait for the lock on the database
  Invocation invocation;
  bool force = false;  ///< take the files' charges even where they contradict what a recent load decided
};

/// How many rows of a file were inserted, updated, removed or unchanged.
struct ImportCount {
  std::string path;
  std::uint64_t inserted = 0, updated = 0, removed = 0, unchanged = 0;
  std::uint64_t kept = 0;  ///< rows that stay as a recent load left them, although the file contradicts
};

struct ImportOutcome {
  std::vector<ImportCount> counts;          ///< by file
  std::vector<std::string> contradictions;  ///< a sentence for each item about which files and loads disagree
  std::int64_t confirmed = 0;               ///< results that the files confirm
  /// Whether the database has everything that the files have.
  [[nodiscard]] bool is_complete() const;
};

/// `data/users.csv: 3 new, 0 changed, 0 removed, 1 as before`
std::string sentence_of(const ImportCount& count);

/// Call inside a database transaction. See Store::import_csv.
ImportOutcome import_files(Database& database, const std::vector<std::filesystem::path>& files, const Policy& policy,
                           const ImportOptions& options);

}  // namespace offcirc
