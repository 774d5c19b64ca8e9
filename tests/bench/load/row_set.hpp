// Rows of a database held in memory column by column, so that they can be written elsewhere at no cost but the writing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/database/key_table.hpp"

namespace offcirc::bench {

class RowSet {
 public:
  /// `names` and types of the columns as the schema has them; `rows`: what follows `SELECT names FROM table`.
  RowSet(const Database& database, const std::string& table, const std::string& rows);
  /// The columns of a query, each of which is text where `texts` has a 't' and a number elsewhere.
  RowSet(const Database& database, const std::string& query, std::string_view texts);

  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] const std::string& names() const { return m_names; }
  void add(std::size_t row, RowCells& cells) const;

 private:
  struct Column {
    bool is_text = false;
    std::vector<std::uint64_t> values;  // of text: its place and its length
    std::vector<bool> nulls;
  };

  void read(const Database& database, const std::string& query);
  std::uint64_t keep(std::string_view text);

  std::string m_names;
  std::vector<Column> m_columns;
  std::string m_text;
  std::unordered_map<std::string, std::uint64_t> m_short_texts;  // codes and the like, each kept once
  std::size_t m_size = 0;
};

}  // namespace offcirc::bench
