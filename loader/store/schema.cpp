#include "loader/store/schema.hpp"

#include <fmt/format.h>

#include <string>

#include "loader/store/schema_steps.hpp"

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

}  // namespace offcirc
