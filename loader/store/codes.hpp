// The tables of codes (libraries, profiles, item types, locations, rules): from a code to its number and back.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// One of the tables, read whole when it is made: they are small.
class CodeTable {
 public:
  /// `table` and the name of its key: "libraries", "library".
  CodeTable(Database& database, std::string_view table, std::string_view key);

  [[nodiscard]] std::optional<Row> find(std::string_view code) const;
  /// The number of `code`, which is added to the table where it is new. RunError beyond k_max_codes.
  Row row_of(std::string_view code);
  /// RunError where there are not `more` numbers left.
  void require_room(std::size_t more) const;
  /// In bytewise order of code.
  [[nodiscard]] const std::map<std::string, Row, std::less<>>& all() const { return m_rows; }

 private:
  Statement m_insert;
  std::string m_name;  // as people say it
  std::map<std::string, Row, std::less<>> m_rows;
  Database* m_database;
};

/// All five, as an import and a commit need them.
struct CodeTables {
  explicit CodeTables(Database& database);

  CodeTable libraries, profiles, item_types, locations, rules;
};

}  // namespace offcirc
