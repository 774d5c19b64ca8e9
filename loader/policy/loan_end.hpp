// When a loan of a circulation rule ends, by the calendar of the library that lends.
#pragma once

#include "loader/policy/calendar.hpp"
#include "loader/policy/circulation_rule.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct LoanEnd {
  Seconds by_rule = 0;  ///< UTC, likewise below
  Seconds moved = 0;    ///< the same, or where the library is closed on that day: on its next open day
};

/// Of a loan that begins at `from`: 23:59 of the last day, or to the minute where the loan is hourly. A closed day
/// moves the date and keeps the time (DOMAIN.md, 5 and 9).
LoanEnd loan_end(const CirculationRule& rule, Seconds from, const Calendar& calendar, const Zone& zone);

/// 23:59 of the day, local time: until then an item lent for days can come back.
Seconds end_of_loan_day(Day day, const Zone& zone);

}  // namespace offcirc
