// Days, circulation rules and names, worked out step by step for the second opinion.
#pragma once

#include <string>

#include "loader/model/policy.hpp"

namespace offcirc::model {

/// `21D-10D-5M`, taken apart: how long, what a day or an hour late costs, and at most how much (0 = no cap).
struct PlainRule {
  int loan = 0;
  bool loan_in_hours = false;
  Cents rate = 0;
  bool fine_by_hours = false;
  Cents cap = 0;
};

/// All zero where `text` is no rule.
PlainRule read_rule(const std::string& text);

/// The civil day of an instant.
Day civil_day(const Zone& zone, Seconds utc);
/// 23:59 of a civil day, in UTC.
Seconds last_minute_of(const Zone& zone, Day day);
/// 23:59:59 of a civil day, in UTC.
Seconds end_of(const Zone& zone, Day day);
/// `YYYY-MM-DD` as a day; k_no_expiry where it is none.
Day day_of_text(const std::string& text);

/// Lower case without accents, hyphens, apostrophes, dots and blanks.
std::string plain_name(const std::string& utf8);

}  // namespace offcirc::model
