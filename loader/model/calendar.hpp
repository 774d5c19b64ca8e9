// The days on which a library is open, and the due dates that follow from them.
#pragma once

#include <array>
#include <vector>

#include "loader/model/circulation_map.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

class Calendar {
 public:
  Calendar() = default;
  /// `closed_weekdays[0]` is Sunday. `closed_days` may be in any order and contain duplicates.
  Calendar(std::array<bool, 7> closed_weekdays, std::vector<Day> closed_days);

  [[nodiscard]] bool is_closed(Day day) const;
  /// Returns the first open day from `day` on, or `day` if no day within a year is open.
  [[nodiscard]] Day next_open(Day day) const;
  /// Returns the number of closed days in (after, until]; 0 if `until` is not later than `after`.
  [[nodiscard]] int closed_days_between(Day after, Day until) const;

 private:
  std::array<bool, 7> m_weekdays{};
  std::vector<Day> m_days;  // sorted, without closed weekdays, so that no day counts twice
};

/// 0 = Sunday
int weekday_of(Day day);

/// When a loan ends, by its circulation rule and by the calendar of the checkout library.
struct LoanEnd {
  Seconds by_rule = 0;  ///< UTC
  Seconds moved = 0;    ///< UTC; the same time on the next open day, if the library is closed on the day of `by_rule`
};

/// Returns the end of a loan that begins at `from`: 23:59 local time on the last day, or the exact time if the loan is
/// hourly. If the library is closed on that day, the date moves and the time of day stays (due-date-moved in
/// man/offcirc-rules.7).
LoanEnd loan_end(const CirculationRule& rule, Seconds from, const Calendar& calendar, const Zone& zone);

/// Returns 23:59 local time on `day`, in UTC: an item lent for days is on time until then.
Seconds end_of_loan_day(Day day, const Zone& zone);

}  // namespace offcirc
