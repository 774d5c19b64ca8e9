#include "loader/store/table_removal.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

struct Referrer {
  CsvTableIndex to;
  std::string_view table;
  std::string_view column;
  std::string_view finished;  ///< rows that no file shows any more, so that they go along
};

constexpr std::array k_referrers = {
    Referrer{CsvTableIndex::users, "charges", "user", "false"},
    Referrer{CsvTableIndex::users, "holds", "user", "status = 'filled'"},
    Referrer{CsvTableIndex::users, "bills", "user", "amount_cents = 0"},
    Referrer{CsvTableIndex::items, "charges", "item", "false"},
    Referrer{CsvTableIndex::items, "holds", "item", "status = 'filled'"},
    Referrer{CsvTableIndex::items, "bills", "item", "amount_cents = 0"},
};

/// True where nothing stands in the way.
bool drop_referrer(Database& database, const CsvTable& table, const Referrer& referrer, std::uint32_t file,
                   ImportErrors& errors) {
  Statement(database, fmt::format("DELETE FROM {} WHERE {} AND {} NOT IN (SELECT id FROM seen)", referrer.table,
                                  referrer.finished, referrer.column))
      .run();
  Statement staying(database,
                    fmt::format("SELECT DISTINCT t.{0} FROM {1} r CROSS JOIN {2} t ON t.{3} = r.{4} "
                                "WHERE r.{4} NOT IN (SELECT id FROM seen) ORDER BY 1",
                                table.columns[0].column, referrer.table, table.table, table.row, referrer.column));
  bool free = true;
  while (staying.next()) {
    errors.add(file,
               fmt::format("{} {} is not in it, but {} has rows of it. Import {}.csv as well, or leave the row in.",
                           table.row, staying.text(0), referrer.table, referrer.table));
    free = false;
  }
  return free;
}

}  // namespace

std::uint64_t remove_unseen(Database& database, CsvTableIndex index, const ImportedTables& tables, std::uint32_t file,
                            ImportErrors& errors) {
  const CsvTable& table = csv_tables()[static_cast<std::size_t>(index)];
  const std::vector<Row> rows = tables[static_cast<std::size_t>(index)].seen_rows();
  const KeyTable seen(database, "seen", "id INTEGER", rows.size(), rows_of(rows));
  bool free = true;
  for (const Referrer& referrer : k_referrers) {
    if (referrer.to == index && !drop_referrer(database, table, referrer, file, errors)) free = false;
  }
  if (!free) return 0;
  const auto removed =
      Statement(database, fmt::format("DELETE FROM {0} WHERE {1} NOT IN (SELECT id FROM seen)", table.table, table.row))
          .run();
  return static_cast<std::uint64_t>(removed);
}

}  // namespace offcirc
