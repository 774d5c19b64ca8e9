#include "loader/store/import_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offcirc {

ImportedTable::ImportedTable(Database& database, const CsvTable& table)
    : m_find(database,
             fmt::format("SELECT {} FROM {} WHERE {} = ?1", table.row, table.table, table.columns[0].column)) {}

std::optional<Row> ImportedTable::find(const Cell& key) {
  const std::optional<Row> row = m_find.with(key).next() ? std::optional(m_find.integer(0)) : std::nullopt;
  m_find.reset();
  return row;
}

std::optional<CsvPlace> ImportedTable::seen_at(std::optional<Row> row, const std::string& key) const {
  if (const auto faulty = m_faulty.find(key); faulty != m_faulty.end()) return faulty->second;
  if (!row) return std::nullopt;
  const auto seen = m_seen.find(*row);
  return seen == m_seen.end() ? std::nullopt : std::optional(seen->second);
}

std::vector<Row> ImportedTable::seen_rows() const {
  std::vector<Row> rows;
  rows.reserve(m_seen.size());
  for (const auto& [row, place] : m_seen) rows.push_back(row);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace offcirc
