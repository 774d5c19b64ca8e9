// Creates the tables of the circulation database, checks their format, and warns of write-ahead logging (WAL).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"

namespace offcirc {

/// The format of the tables in schema.sql; the file has it as its user version.
inline constexpr std::int64_t k_schema_version = 7;

/// Creates all tables in an empty database and records an event. Returns false, and changes nothing, if the tables are
/// there already. RunError, and nothing is changed, if the database belongs to another program or to an offcirc with
/// another format.
bool create_schema(Database& database, const Invocation& invocation);

/// RunError if the database is not one that this offcirc can use as it is.
void check_schema(const Database& database);

// A database that somebody has switched to write-ahead logging can be damaged by the SQLite of Debian 12.

/// Whether that version of SQLite (3051003: 3.51.3) has the error that SQLite's documentation calls the WAL-reset bug:
/// 3.7.0 to 3.51.2, except 3.44.6 and 3.50.7 and later patches of these, to which the fix was backported.
constexpr bool has_wal_reset_bug(int version) {
  constexpr int k_first = 3'007'000, k_corrected = 3'051'003, k_also_corrected[] = {3'044'006, 3'050'007};
  for (const int corrected : k_also_corrected)
    if (version >= corrected && version / 1000 == corrected / 1000) return false;
  return version >= k_first && version < k_corrected;
}

/// A warning with the way out; empty if there is nothing to warn of, or no database.
std::string wal_warning(const std::filesystem::path& database);

}  // namespace offcirc
