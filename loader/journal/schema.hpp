// The tables of the circulation database: creating them, recognizing them, and a warning about WAL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"

namespace offcirc {

/// The format of the tables, which is kept in the file. They are in schema.sql.
inline constexpr std::int64_t k_schema_version = 6;

/// Makes all tables in an empty database; true if it was empty. RunError where the database is of another program, or
/// of an offcirc with another format: it is left as it is. What is done leaves an event.
bool create_schema(Database& database, const Invocation& invocation);

/// RunError where the database is not one that this offcirc can use as it is.
void check_schema(const Database& database);

// Warns of a database that somebody has switched to write-ahead logging, which the SQLite of Debian 12 can damage.

/// Whether that SQLite (3051003: 3.51.3) has the error that SQLite's own documentation calls the WAL-reset bug: 3.7.0
/// to 3.51.2, but for 3.44.6 and 3.50.7, into which the correction was taken over.
constexpr bool has_wal_reset_bug(int version) {
  constexpr int k_first = 3'007'000, k_corrected = 3'051'003, k_also_corrected[] = {3'044'006, 3'050'007};
  for (const int corrected : k_also_corrected)
    if (version >= corrected && version / 1000 == corrected / 1000) return false;
  return version >= k_first && version < k_corrected;
}

/// A sentence with the way out; empty where there is nothing to warn of, or no database.
std::string wal_warning(const std::filesystem::path& database);

}  // namespace offcirc
