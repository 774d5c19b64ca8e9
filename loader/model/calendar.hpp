// The days on which a library is open, and the end of a loan by them.
#pragma once

#include <array>
#include <vector>

#include "loader/model/circulation_map.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// The days on which a library is closed.

class Calendar {
 public:
  Calendar() = default;
  /// `closed_weekdays[0]` is Sunday. `closed_days` in any order, twice the same allowed.
  Calendar(std::array<bool, 7> closed_weekdays, std::vector<Day> closed_days);

  [[nodiscard]] bool is_closed(Day day) const;
  /// Returns `day` itself if it is open, or if there is no open day within a year.
  [[nodiscard]] Day next_open(Day day) const;
  /// Returns how many days of (after, until] are closed; 0 if `until` is not later.
  [[nodiscard]] int closed_days_between(Day after, Day until) const;

 private:
  std::array<bool, 7> m_weekdays{};
  std::vector<Day> m_days;  // sorted; none on a closed weekday, so that no day counts twice
};

/// 0 = Sunday
int weekday_of(Day day);

// When a loan of a circulation rule ends, by the calendar of the library that lends.

struct LoanEnd {
  Seconds by_rule = 0;  ///< UTC, likewise below
  Seconds moved = 0;    ///< the same, or where the library is closed on that day: on its next open day
};

/// Returns the end of a loan that begins at `from`: 23:59 of its last day, or to the minute if the loan is hourly. A
/// closed day moves the date and keeps the time.
LoanEnd loan_end(const CirculationRule& rule, Seconds from, const Calendar& calendar, const Zone& zone);

/// 23:59 of the day, local time, when a loan of days ends.
Seconds end_of_loan_day(Day day, const Zone& zone);

}  // namespace offcirc
