// Arrays in memory that SQL can read as tables. With them, a load asks for everything it needs in one statement, and
// writes everything it changed in one.
#pragma once

#include <cstddef>
#include <forward_list>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/database/sqlite.hpp"

namespace offcirc {

/// The cells of one row, in the order of the columns.
class RowCells {
 public:
  template <typename... Values>
  void add(const Values&... values) {
    if (m_cells.size() < m_size + sizeof...(values)) m_cells.resize(m_size + sizeof...(values));
    ((m_cells[m_size++] = Cell(values)), ...);
  }
  /// Keeps text that was made for this row until the next row.
  std::string_view keep(std::string text) { return m_made_texts.emplace_front(std::move(text)); }
  void clear() {
    m_size = 0;
    if (!m_made_texts.empty()) m_made_texts.clear();
  }

  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] const Cell& operator[](std::size_t column) const { return m_cells[column]; }

 private:
  std::vector<Cell> m_cells;  // those from m_size on are left over from earlier rows
  std::size_t m_size = 0;
  std::forward_list<std::string> m_made_texts;  // a list, so that texts don't move
};

/// Adds the cells of row `row` (from 0). Called once for each row that a statement reads.
using RowSource = std::function<void(std::size_t row, RowCells& cells)>;

/// Rows of one column: the elements of `values`, which must outlive the result.
template <typename Values>
RowSource rows_of(const Values& values) {
  return [&values](std::size_t row, RowCells& cells) { cells.add(values[row]); };
}

/// A table that SQL can read while this object lives. Its rows come in order. Statements that read it must end before
/// it is destroyed.
class ArrayTable {
 public:
  /// `columns` are as in CREATE TABLE: "id TEXT, key INTEGER".
  ArrayTable(Database& database, std::string name, const std::string& columns, std::size_t row_count, RowSource source);
  ArrayTable(const ArrayTable&) = delete;
  ArrayTable& operator=(const ArrayTable&) = delete;
  ~ArrayTable();

 private:
  Database* m_database;
  std::string m_name;
};

}  // namespace offcirc
