// The days on which a library is closed.
#pragma once

#include <array>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

class Calendar {
 public:
  Calendar() = default;
  /// `closed_weekdays[0]` is Sunday. `closed_days` in any order, twice the same allowed.
  Calendar(std::array<bool, 7> closed_weekdays, std::vector<Day> closed_days);

  [[nodiscard]] bool is_closed(Day day) const;
  /// `day` itself where it is open; where there is no open day within a year, `day`.
  [[nodiscard]] Day next_open(Day day) const;
  /// How many days of (after, until] are closed; 0 where `until` is not later.
  [[nodiscard]] int closed_days_between(Day after, Day until) const;

 private:
  std::array<bool, 7> m_weekdays{};
  std::vector<Day> m_days;  // sorted; none on a closed weekday, so that no day counts twice
};

/// 0 = Sunday
int weekday_of(Day day);

}  // namespace offcirc
