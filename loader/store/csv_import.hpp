// Brings the data files of a circulation system into the database: all of them, or nothing.
#pragma once

#include <filesystem>
#include <vector>

#include "loader/store/sqlite.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// Inside a transaction of the caller. See Store::import_csv.
std::vector<ImportCount> import_files(Database& database, const std::vector<std::filesystem::path>& files,
                                      const Policy& policy, const ImportOptions& options);

}  // namespace offcirc
