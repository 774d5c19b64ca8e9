// Circulation rules, and the map that selects the rule of a loan by library, user profile and item type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"

namespace offcirc {

/// How long an item is lent, what it costs per day or hour overdue, and the most that a bill can be:
/// `<loan>D-<rate>D-<cap>M`. The loan is in days (D) or hours (H); the rate is in cents per day (D) or hour (H); the
/// cap is in whole currency units or has two decimals, and 0 means no cap. `4H-25H-10M`: four hours, $0.25 an hour, at
/// most $10.00. `0D-...`: the item does not circulate.
struct CirculationRule {
  int loan = 0;
  bool hourly_loan = false;
  Cents rate_cents = 0;
  bool hourly_fine = false;  ///< the rate is per hour, not per day
  Cents cap_cents = 0;       ///< 0 = no cap
  std::string text;          ///< as written

  friend bool operator==(const CirculationRule&, const CirculationRule&) = default;
};

/// Returns nullopt if `text` is not a rule.
std::optional<CirculationRule> parse_rule(std::string_view text);

/// The last row that fits applies; `*` fits anything.
class CirculationMap {
 public:
  struct Row {
    std::string library, user_profile, item_type;  ///< codes, or `*`
    CirculationRule rule;
    std::uint32_t line = 0;  ///< line of the file, from 1
  };

  CirculationMap() = default;
  explicit CirculationMap(std::vector<Row> rows) : m_rows(std::move(rows)) {}

  /// Returns null if no row fits. Searches the rows one by one; the replay uses RuleBook::map_row(), which caches them.
  [[nodiscard]] const Row* find(std::string_view library, std::string_view user_profile,
                                std::string_view item_type) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

 private:
  std::vector<Row> m_rows;  // as in the file, top to bottom
};

}  // namespace offcirc
