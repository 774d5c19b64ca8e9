#include "loader/model/calendar.hpp"

#include <algorithm>
#include <utility>

namespace offcirc {

namespace {

constexpr int k_week_days = 7;
constexpr int k_epoch_weekday = 4;  // 1970-01-01 was a Thursday
constexpr int k_year_days = 366;

}  // namespace

int weekday_of(Day day) {
  return ((day % k_week_days) + k_week_days + k_epoch_weekday) % k_week_days;
}

Calendar::Calendar(std::array<bool, 7> closed_weekdays, std::vector<Day> closed_days)
    : m_weekdays(closed_weekdays), m_days(std::move(closed_days)) {
  std::erase_if(m_days, [&](Day day) { return m_weekdays[static_cast<std::size_t>(weekday_of(day))]; });
  std::sort(m_days.begin(), m_days.end());
  m_days.erase(std::unique(m_days.begin(), m_days.end()), m_days.end());
}

bool Calendar::is_closed(Day day) const {
  return m_weekdays[static_cast<std::size_t>(weekday_of(day))] || std::binary_search(m_days.begin(), m_days.end(), day);
}

Day Calendar::next_open(Day day) const {
  for (Day open = day; open <= day + k_year_days; ++open)
    if (!is_closed(open)) return open;
  return day;
}

int Calendar::closed_days_between(Day after, Day until) const {
  if (until <= after) return 0;
  const auto begin = std::upper_bound(m_days.begin(), m_days.end(), after);
  const auto end = std::upper_bound(begin, m_days.end(), until);
  const auto per_week = static_cast<int>(std::count(m_weekdays.begin(), m_weekdays.end(), true));
  const int whole_weeks = (until - after) / k_week_days;
  int closed = static_cast<int>(end - begin) + whole_weeks * per_week;
  for (Day day = after + whole_weeks * k_week_days + 1; day <= until; ++day)
    closed += m_weekdays[static_cast<std::size_t>(weekday_of(day))] ? 1 : 0;
  return closed;
}

namespace {

constexpr Seconds k_hour_seconds = 3600;
constexpr Seconds k_loan_ends_seconds = 23 * k_hour_seconds + 59 * 60;  // since the day began

}  // namespace

LoanEnd loan_end(const CirculationRule& rule, Seconds from, const Calendar& calendar, const Zone& zone) {
  LoanEnd end;
  end.by_rule =
      rule.hourly_loan ? from + rule.loan * k_hour_seconds : end_of_loan_day(zone.day_of(from) + rule.loan, zone);
  end.moved = end.by_rule;
  const Day day = zone.day_of(end.by_rule);
  if (const Day open = calendar.next_open(day); open != day)
    end.moved = zone.to_utc(zone.to_civil(end.by_rule) + Seconds{open - day} * k_day_seconds);
  return end;
}

Seconds end_of_loan_day(Day day, const Zone& zone) {
  return zone.to_utc(Seconds{day} * k_day_seconds + k_loan_ends_seconds);
}

}  // namespace offcirc
