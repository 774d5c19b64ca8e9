// Which rule an item is lent under: rows of library, user profile and item type, read from the bottom up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"

namespace offcirc {

// A circulation rule, `21D-10D-5M`: the length of the loan, the fine for each day or hour late, and its cap.

/// `<loan>D-<rate>D-<cap>M`: loan and rate in days (D) or hours (H), rate in cents a unit, cap in whole currency units
/// or with two decimals; 0 = no cap. `4H-25H-10M`: four hours, $0.25 an hour, at most $10.00. `0D-...`: does not
/// circulate.
struct CirculationRule {
  int loan = 0;
  bool hourly_loan = false;
  Cents rate_cents = 0;
  bool hourly_fine = false;  ///< the unit of the fine is the letter of the rate
  Cents cap_cents = 0;       ///< 0 = none
  std::string text;          ///< as written

  friend bool operator==(const CirculationRule&, const CirculationRule&) = default;
};

/// Nullopt if the text is not a rule.
std::optional<CirculationRule> parse_rule(std::string_view text);

/// The first matching row from the bottom is used; `*` matches anything.
class CirculationMap {
 public:
  struct Row {
    std::string library, user_profile, item_type;  ///< codes, or `*`
    CirculationRule rule;
    std::uint32_t line = 0;  ///< of the file, from 1
  };

  CirculationMap() = default;
  explicit CirculationMap(std::vector<Row> rows) : m_rows(std::move(rows)) {}

  /// Null if no row matches. Reads all rows; the replay uses RuleBook instead.
  [[nodiscard]] const Row* find(std::string_view library, std::string_view user_profile,
                                std::string_view item_type) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

 private:
  std::vector<Row> m_rows;  // as in the file, top to bottom
};

}  // namespace offcirc
