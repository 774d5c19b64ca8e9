#include "loader/store/wal_warning.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "loader/store/sqlite.hpp"

namespace offcirc {
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
