// Days, circulation rules, and names, computed step by step for the second opinion.
#pragma once

#include <string>

#include "loader/model/policy.hpp"

namespace offcirc::model {

/// `21D-10D-5M` in parts: the loan period, the fine per day or hour late, and the maximum fine (0 = no cap).
struct PlainRule {
  int loan = 0;
  bool loan_in_hours = false;
  Cents rate = 0;
  bool fine_by_hours = false;
  Cents cap = 0;
};

/// All zero if `text` is not a rule.
PlainRule read_rule(const std::string& text);

/// The civil day of an instant.
Day civil_day(const Zone& zone, Seconds utc);
/// 23:59 of a civil day, in UTC.
Seconds last_minute_of(const Zone& zone, Day day);
/// 23:59:59 of a civil day, in UTC.
Seconds end_of(const Zone& zone, Day day);
/// `YYYY-MM-DD` as a day; k_no_expiry if `text` is not a date.
Day day_of_text(const std::string& text);

/// Lower case, without accents, hyphens, apostrophes, periods, and spaces.
std::string plain_name(const std::string& utf8);

}  // namespace offcirc::model
