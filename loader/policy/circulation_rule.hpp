// A circulation rule, `21D-10D-5M`: how long an item is lent, what a day late costs, and where the bill ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

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

/// Nullopt where it is no rule.
std::optional<CirculationRule> parse_rule(std::string_view text);

}  // namespace offcirc
