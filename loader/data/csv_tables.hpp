// The data files of import and export: their columns, the errors found in them, and the rows that an import has seen.
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

// The five data files, users.csv to bills.csv: their columns, the type of each cell, and where the database stores it.
// Both import and export use this table.

enum class CellType : std::uint8_t {
  text,
  key,            ///< the ID of the row
  count,          ///< a whole number; empty: 0
  boolean,        ///< empty: false
  date,           ///< a day
  time,           ///< a date alone means midnight at its beginning
  due,            ///< a time, or NEVER; a date alone means 23:59
  price,          ///< money, never negative
  amount,         ///< money; negative for a credit
  library,        ///< a code in the configuration or the database
  profile,        ///< a name in the configuration or the database
  item_type,      ///< any code
  location,       ///< any code
  rule,           ///< a circulation rule
  title,          ///< any title_id
  user,           ///< the ID of a user in the files or the database
  item,           ///< the ID of an item in the files or the database
  level,          ///< of a hold: title or item
  hold_status,    ///< waiting, on-shelf or in-transit; empty: waiting
  alternate_ids,  ///< a list of IDs separated by `;`, stored in user_aliases
  inactive_ids,   ///< a list of IDs separated by `;`, stored in user_aliases
};

struct CsvColumn {
  std::string_view name;    ///< in the header row
  std::string_view column;  ///< in the database table; empty if the cell is stored elsewhere
  CellType type = CellType::text;
  bool required = false;
};

struct CsvTable {
  std::string_view file;               ///< users.csv
  std::string_view table;              ///< users
  std::string_view row;                ///< the column with the row number, by which other tables refer to a row
  std::span<const CsvColumn> columns;  ///< the first holds the key that identifies a row in the file
};

enum class CsvTableIndex : std::uint8_t { users, items, charges, holds, bills };

/// By CsvTableIndex. A table refers only to tables before it.
std::span<const CsvTable> csv_tables();

/// A place in one of the files of an import.
struct CsvPlace {
  std::uint32_t file = 0;    ///< index into the paths
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the row as a whole
};

/// Collects all errors in the data files, with their places, so that they can be fixed in one go.
class ImportErrors {
 public:
  explicit ImportErrors(std::vector<std::string> paths);

  void add(const CsvPlace& place, std::string_view sentence);
  /// Adds an error of the file as a whole.
  void add(std::uint32_t file, std::string_view sentence);
  [[nodiscard]] bool empty() const { return m_count == 0; }
  [[nodiscard]] const std::string& path(std::uint32_t file) const { return m_paths[file]; }
  /// RunError if there are errors: lists the first 100, and says how many more there are.
  void throw_if_any() const;

 private:
  void add_line(std::string line);

  std::vector<std::string> m_paths;
  std::vector<std::string> m_lines;  // at most 100
  std::uint64_t m_count = 0;
};

/// One table during an import: which rows the files had so far, and which rows of files and database others may refer
/// to.
class ImportedTable {
 public:
  ImportedTable(Database& database, const CsvTable& table);

  /// The row with this key in the database, which already has the imported rows.
  std::optional<Row> find(const Cell& key);
  /// Where the files already had this row, or a faulty row with this key.
  [[nodiscard]] std::optional<CsvPlace> seen_at(std::optional<Row> row, const std::string& key) const;
  void add_seen(Row row, const CsvPlace& place) { m_seen.emplace(row, place); }
  void add_faulty(const std::string& key, const CsvPlace& place) { m_faulty.emplace(key, place); }

  /// With --replace: rows that the files do not have are going to be removed, so no row may refer to them.
  void replace() { m_replaced = true; }
  [[nodiscard]] bool is_replaced() const { return m_replaced; }
  /// The files have a faulty row with this key. A reference to it is no second error.
  [[nodiscard]] bool is_faulty(const std::string& key) const { return m_faulty.count(key) != 0; }
  /// The row will still exist after the import.
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
