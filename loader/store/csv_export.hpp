// Writes the data files from the database, in the one form that makes equal databases equal files.
#pragma once

#include <filesystem>

#include "loader/store/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Inside a transaction of the caller. See Store::export_csv.
void export_files(Database& database, const std::filesystem::path& folder, const Zone& zone);

}  // namespace offcirc
