// Which rows an import has seen, and what a row may refer to: the rows of the files, and those of the database.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/rules/state.hpp"
#include "loader/store/csv_tables.hpp"
#include "loader/store/import_errors.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

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
