#include "loader/journal/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>

#include "loader/database/sqlite.hpp"
#include "loader/journal/schema_step_1.hpp"
#include "loader/journal/schema_step_2.hpp"
#include "loader/journal/schema_step_3.hpp"
#include "loader/journal/schema_step_4.hpp"
#include "loader/journal/schema_step_5.hpp"
#include "loader/journal/schema_step_6.hpp"

namespace offcirc {

namespace {

constexpr std::int64_t k_application_id = 0x4F464643;  // "OFFC"

std::int64_t newest_version() {
  return static_cast<std::int64_t>(schema_steps().size());
}

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
  // The version is an index into the steps of the schema.
  if (found.version < 1) {
    database.fail(fmt::format(
        "this is no version of a database of offcirc: {}. The file is damaged: put back your last copy of it.",
        found.version));
  }
  if (found.version > newest_version()) {
    database.fail(
        fmt::format("this database is of a newer offcirc (format {}; this one knows up to {}). Use the newer offcirc.",
                    found.version, newest_version()));
  }
}

}  // namespace

bool create_or_upgrade_schema(Database& database, const Invocation& invocation) {
  if (const Found found = look_at(database); !found.is_new()) refuse_unusable(database, found);
  DbTransaction transaction(database);
  const Found found = look_at(database);  // again: another process may have been faster
  for (std::int64_t version = found.version; version < newest_version(); ++version) {
    database.run(schema_steps()[static_cast<std::size_t>(version)]);
  }
  if (found.version == newest_version()) return false;
  database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", k_application_id, newest_version()));
  write_event(database, invocation,
              found.is_new() ? fmt::format("Created, format {}.", newest_version())
                             : fmt::format("Upgraded from format {} to {}.", found.version, newest_version()));
  transaction.commit();
  return found.is_new();
}

void check_schema(const Database& database) {
  const Found found = look_at(database);
  if (found.is_new()) database.fail("this file is empty. Run 'offcirc init' to make it a database.");
  refuse_unusable(database, found);
  if (found.version < newest_version()) {
    database.fail("this database is of an older offcirc. Run 'offcirc init' to bring it up to date.");
  }
}

std::span<const char* const> schema_steps() {
  static constexpr std::array k_steps = {k_schema_step_1, k_schema_step_2, k_schema_step_3,
                                         k_schema_step_4, k_schema_step_5, k_schema_step_6};
  return k_steps;
}

namespace {

// In the header of the file: 1 rollback journal, 2 write-ahead log.
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
      "{}: somebody has switched this database to write-ahead logging (WAL). The SQLite of this machine, {}.{}.{}, has "
      "an error that can damage such a database when two programs write it at once. When nobody uses it, switch it "
      "back: sqlite3 '{}' 'PRAGMA journal_mode = DELETE'",
      database.string(), version / 1'000'000, version / 1000 % 1000, version % 1000, database.string());
}

}  // namespace offcirc
