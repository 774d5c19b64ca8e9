// Arrays in memory that SQL can read as a table: how a load asks for all it needs at once, and writes all it changed.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "loader/store/sqlite.hpp"

namespace offcirc {

/// The value of one column (from 0) of one row (from 0).
using CellSource = std::function<Cell(std::size_t row, int column)>;

/// There for SQL as long as this lives; rows come in their order. Statements that read it have to end before it does.
class KeyTable {
 public:
  /// `columns` as in CREATE TABLE: "id TEXT, key INTEGER".
  KeyTable(Database& database, std::string name, const std::string& columns, std::size_t row_count, CellSource source);
  KeyTable(const KeyTable&) = delete;
  KeyTable& operator=(const KeyTable&) = delete;
  ~KeyTable();

 private:
  Database* m_database;
  std::string m_name;
};

}  // namespace offcirc
