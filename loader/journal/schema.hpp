// The tables of the circulation database: creating them, upgrading them, and a warning about WAL.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"

namespace offcirc {

// The tables of the circulation database: made, recognized, and brought up to date here.

/// Makes all tables in an empty database, or adds what a newer offcirc needs; true if it was empty. RunError where the
/// database is of another program or of a newer offcirc: it is left as it is. Whatever is done leaves an event.
bool create_or_upgrade_schema(Database& database, const Invocation& invocation);

/// RunError where the database is not one that this offcirc can use as it is.
void check_schema(const Database& database);

// How the tables of the circulation database came to be, version by version. A step that was released never changes.

/// SQL; the step at index v brings a database of version v to v + 1.
std::span<const char* const> schema_steps();

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
