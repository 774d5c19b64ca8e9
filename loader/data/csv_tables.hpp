// The data files of import and export: their columns, the errors in them, and the rows that an import has seen.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

// The five data files, users.csv to bills.csv: which columns they have, what stands in each, and where the database
// keeps it. Import and export both go by this table.

enum class CellType : std::uint8_t {
  text,
  key,      ///< the ID of the row
  count,    ///< whole number, 0 where empty
  boolean,  ///< false where empty
  date,     ///< a day
  time,     ///< a bare date is its midnight
  due,      ///< a time, or NEVER; a bare date is 23:59
  price,    ///< money, never negative
  amount,   ///< money; a credit is negative
  library,  ///< a code that config or database know, likewise profile
  profile,
  item_type,  ///< any code
  location,   ///< any code
  rule,       ///< a circulation rule
  title,      ///< any title_id
  user,       ///< the ID of a user whom database or files know, likewise item
  item,
  level,  ///< of a hold: title or item
  hold_status,
  alternate_ids,  ///< a list, kept in user_aliases, likewise inactive_ids
  inactive_ids,
};

struct CsvColumn {
  std::string_view name;    ///< in the header row
  std::string_view column;  ///< of the database's table; empty for those kept elsewhere
  CellType type = CellType::text;
  bool required = false;
};

struct CsvTable {
  std::string_view file;               ///< users.csv
  std::string_view table;              ///< users
  std::string_view row;                ///< the column of the number that rows are known by
  std::span<const CsvColumn> columns;  ///< the first is the one that rows are known by in the file
};

enum class CsvTableIndex : std::uint8_t { users, items, charges, holds, bills };

/// In the order in which they refer to each other: what a row names stands in a table before its own.
std::span<const CsvTable> csv_tables();

// All that is wrong with the data files, each at its place, so that they can be put right in one go.

/// A place in one of the files of an import.
struct CsvPlace {
  std::uint32_t file = 0;    ///< index into the paths
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the row as a whole
};

class ImportErrors {
 public:
  explicit ImportErrors(std::vector<std::string> paths);

  void add(const CsvPlace& place, std::string_view sentence);
  /// Of the file as a whole.
  void add(std::uint32_t file, std::string_view sentence);
  [[nodiscard]] bool empty() const { return m_count == 0; }
  [[nodiscard]] const std::string& path(std::uint32_t file) const { return m_paths[file]; }
  /// RunError with all of them where there is one.
  void throw_if_any() const;

 private:
  void add_line(std::string line);

  std::vector<std::string> m_paths;
  std::vector<std::string> m_lines;  // the first ones
  std::uint64_t m_count = 0;
};

// Which rows an import has seen, and what a row may refer to: the rows of the files, and those of the database.

/// One table during an import.
class ImportedTable {
 public:
  ImportedTable(Database& database, const CsvTable& table);

  /// The row of that ID in the database as it is by now.
  std::optional<Row> find(const Cell& key);
  /// Where the row, or a faulty one of that ID, stands in the files already.
  [[nodiscard]] std::optional<CsvPlace> seen_at(std::optional<Row> row, const std::string& key) const;
  void add_seen(Row row, const CsvPlace& place) { m_seen.emplace(row, place); }
  void add_faulty(const std::string& key, const CsvPlace& place) { m_faulty.emplace(key, place); }

  /// The table becomes its files: what they do not have is going to be removed, and nothing may refer to it.
  void replace() { m_replaced = true; }
  [[nodiscard]] bool is_replaced() const { return m_replaced; }
  /// A row may refer to it. Of a faulty row too, so that one error is not told twice.
  [[nodiscard]] bool is_faulty(const std::string& key) const { return m_faulty.count(key) != 0; }
  [[nodiscard]] bool stays(Row row) const { return !m_replaced || m_seen.count(row) != 0; }
  [[nodiscard]] std::vector<Row> seen_rows() const;

 private:
  Statement m_find;
  std::unordered_map<Row, CsvPlace> m_seen;
  std::unordered_map<std::string, CsvPlace> m_faulty;
  bool m_replaced = false;
};

/// By CsvTableIndex.
using ImportedTables = std::vector<ImportedTable>;

inline ImportedTable& table_of(ImportedTables& tables, CsvTableIndex index) {
  return tables[static_cast<std::size_t>(index)];
}

}  // namespace offcirc
