// Database rows held in memory by column, so that writing them elsewhere costs nothing but the writing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/database/array_table.hpp"

namespace offcirc::bench {

class RowSet {
 public:
  /// Reads the columns in the schema, with their names and types; `rows` is what follows `SELECT names FROM table`.
  RowSet(const Database& database, const std::string& table, const std::string& rows);
  /// Reads the columns of a query; a column is text where `texts` has a 't', otherwise a number.
  RowSet(const Database& database, const std::string& query, std::string_view texts);

  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] const std::string& names() const { return m_names; }
  void add(std::size_t row, RowCells& cells) const;

 private:
  struct Column {
    bool is_text = false;
    std::vector<std::uint64_t> values;  // for text: its offset and length
    std::vector<bool> nulls;
  };

  void read(const Database& database, const std::string& query);
  std::uint64_t keep(std::string_view text);

  std::string m_names;
  std::vector<Column> m_columns;
  std::string m_text;
  std::unordered_map<std::string, std::uint64_t> m_short_texts;  // codes and the like, stored once each
  std::size_t m_size = 0;
};

}  // namespace offcirc::bench
