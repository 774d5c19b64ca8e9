#include "loader/journal/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>

#include "loader/database/sqlite.hpp"
#include "loader/journal/result_rows.hpp"
#include "loader/journal/schema_sql.hpp"

namespace offcirc {

namespace {

constexpr std::int64_t k_application_id = 0x4F464643;  // "OFFC"

std::int64_t number(const Database& database, std::string_view sql) {
  Statement statement(database, sql);
  statement.next();
  return statement.integer(0);
}

struct Found {
  bool empty;
  std::int64_t application_id;
  std::int64_t version;

  [[nodiscard]] bool is_new() const { return empty && application_id == 0 && version == 0; }
};

Found look_at(const Database& database) {
  return {number(database, "SELECT count(*) FROM sqlite_schema") == 0, number(database, "PRAGMA application_id"),
          number(database, "PRAGMA user_version")};
}

void refuse_unusable(const Database& database, const Found& found) {
  if (found.application_id != k_application_id) {
    database.fail(
        "this is a database of another program. Name another file with --db, or move this one away and run "
        "'offcirc init'.");
  }
  if (found.version < 1) {
    database.fail(
        fmt::format("this database has an impossible format, {}, so the file is damaged. Restore your last backup.",
                    found.version));
  }
  if (found.version < k_schema_version) {
    database.fail(fmt::format(
        "this database was written by an older offcirc (format {}; this one uses {}). Run 'offcirc export' with the "
        "older offcirc, then 'offcirc init' and 'offcirc import' with this one. The new database does not know the "
        "earlier logs: do not load them again.",
        found.version, k_schema_version));
  }
  if (found.version > k_schema_version) {
    database.fail(fmt::format(
        "this database was written by a newer offcirc (format {}; this one uses {}). Use the newer offcirc.",
        found.version, k_schema_version));
  }
}

}  // namespace

bool create_schema(Database& database, const Invocation& invocation) {
  if (const Found found = look_at(database); !found.is_new()) refuse_unusable(database, found);
  DbTransaction transaction(database);
  if (!look_at(database).is_new()) return false;  // there already, or another process was faster
  database.run(k_schema_sql);
  write_meanings(database);
  database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", k_application_id, k_schema_version));
  write_event(database, invocation, fmt::format("Created, format {}.", k_schema_version));
  transaction.commit();
  return true;
}

void check_schema(const Database& database) {
  const Found found = look_at(database);
  if (found.is_new()) database.fail("this file is empty. Run 'offcirc init' to turn it into a database.");
  refuse_unusable(database, found);
}

namespace {

// Offset of the write version in the header of the file (1: rollback journal, 2: write-ahead log), by SQLite's file
// format.
constexpr std::size_t k_write_version_at = 18;

bool is_in_wal_mode(const std::filesystem::path& database) {
  std::array<char, k_write_version_at + 1> head{};
  std::ifstream in(database, std::ios::binary);
  in.read(head.data(), head.size());
  return in && head.back() == 2;
}

}  // namespace

std::string wal_warning(const std::filesystem::path& database) {
  const int version = sqlite_version_number();
  if (!has_wal_reset_bug(version) || !is_in_wal_mode(database)) return {};
  return fmt::format(
      "{}: this database was switched to write-ahead logging (WAL). The SQLite of this machine, {}.{}.{}, has a bug "
      "that can damage such a database when two programs write it at once. Switch it back when it is not in use: "
      "sqlite3 '{}' 'PRAGMA journal_mode = DELETE'",
      database.string(), version / 1'000'000, version / 1000 % 1000, version % 1000, database.string());
}

}  // namespace offcirc
