// Puts the rows of a data file into their table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/rules/state.hpp"
#include "loader/store/csv_tables.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

class RowWriter {
 public:
  RowWriter(Database& database, const CsvTable& table);

  /// `values` by the columns of the table, likewise below. Returns the number of the new row.
  Row insert(const std::vector<Cell>& values);
  /// False where the row is so already.
  bool update(Row row, const std::vector<Cell>& values);

 private:
  void bind(Statement& statement, int first, const std::vector<Cell>& values);

  Database& m_database;
  const CsvTable& m_table;
  Statement m_insert, m_update;
  Row m_last = 0;  // the number given last, where rows are known by a number of their own
};

}  // namespace offcirc
