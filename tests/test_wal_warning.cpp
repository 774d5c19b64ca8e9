#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "loader/database/sqlite.hpp"
#include "loader/journal/schema.hpp"
#include "loader/store/store.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;

TEST_CASE("the SQLite versions with the bug") {
  CHECK_FALSE(has_wal_reset_bug(3'006'023));
  for (const int version : {3'007'000, 3'040'001, 3'044'005, 3'045'000, 3'050'006, 3'051'000, 3'051'002})
    CHECK(has_wal_reset_bug(version));
  for (const int version : {3'044'006, 3'044'007, 3'050'007, 3'051'003, 3'052'000, 4'000'000})
    CHECK_FALSE(has_wal_reset_bug(version));
}

TEST_CASE("there is a warning only for a database in write-ahead logging mode") {
  const TempFolder folder;
  const std::filesystem::path file = folder.path() / "circ.db";
  CHECK(wal_warning(file).empty());
  std::ofstream(file) << "short";
  CHECK(wal_warning(file).empty());
  std::filesystem::remove(file);
  Store::create(file);
  CHECK(wal_warning(file).empty());
  Database(file, Database::Mode::write).run("PRAGMA journal_mode = WAL");
  CHECK(wal_warning(file).empty() == !has_wal_reset_bug(sqlite_version_number()));
  Database(file, Database::Mode::write).run("PRAGMA journal_mode = DELETE");
  CHECK(wal_warning(file).empty());
}
