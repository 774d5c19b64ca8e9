// The circulation rules, and the rows of the circulation map, by which a load decided: each is in the journal once.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "loader/rules/code_index.hpp"
#include "loader/store/commit.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

class RuleRows {
 public:
  /// Adds those to the database that are new.
  RuleRows(Database& database, const Replayed& replayed);

  /// Null for none.
  [[nodiscard]] Cell rule(CodeIndex rule) const;
  [[nodiscard]] Cell map_row(std::uint32_t map_row) const;

 private:
  std::vector<Row> m_rules;                           // by index into State::rules
  std::unordered_map<std::uint32_t, Row> m_map_rows;  // by index into the map's rows
};

}  // namespace offcirc
