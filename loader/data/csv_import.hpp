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
};

/// How many rows of a file were inserted, updated, removed or unchanged.
struct ImportCount {
  std::string path;
  std::uint64_t inserted = 0, updated = 0, removed = 0, unchanged = 0;
};

/// `data/users.csv: 3 new, 0 changed, 0 removed, 1 as before`
std::string sentence_of(const ImportCount& count);

/// Call inside a database transaction. See Store::import_csv.
std::vector<ImportCount> import_files(Database& database, const std::vector<std::filesystem::path>& files,
                                      const Policy& policy, const ImportOptions& options);

}  // namespace offcirc
