// All that a database holds as text, to tell whether two are the same.
#pragma once

#include <filesystem>
#include <string>

namespace offcirc::crash {

/// Every row of every table, but for random message IDs. With `circulation_only` the journal is left out: what users,
/// items and so on are, and what has been recorded.
std::string dump(const std::filesystem::path& database, bool circulation_only);

/// What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` find wrong, and what of the journal does not add up;
/// empty where all is well.
std::string what_is_wrong(const std::filesystem::path& database);

}  // namespace offcirc::crash
