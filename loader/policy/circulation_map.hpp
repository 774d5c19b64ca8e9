// Which rule an item is lent under: rows of library, user profile and item type, read from the bottom up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/policy/circulation_rule.hpp"

namespace offcirc {

/// The first row from the bottom that fits is used; `*` fits anything (DOMAIN.md, 5).
class CirculationMap {
 public:
  struct Row {
    std::string library, user_profile, item_type;  ///< codes, or `*`
    CirculationRule rule;
    std::uint32_t line = 0;  ///< of the file, from 1
  };

  CirculationMap() = default;
  explicit CirculationMap(std::vector<Row> rows) : m_rows(std::move(rows)) {}

  /// Null where no row fits. Reads all rows; the replay asks through a CirculationTable.
  [[nodiscard]] const Row* find(std::string_view library, std::string_view user_profile,
                                std::string_view item_type) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

 private:
  std::vector<Row> m_rows;  // as in the file, top to bottom
};

}  // namespace offcirc
