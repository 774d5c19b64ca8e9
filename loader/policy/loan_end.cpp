#include "loader/policy/loan_end.hpp"

namespace offcirc {
namespace {

constexpr Seconds k_hour_seconds = 3600;
constexpr Seconds k_loan_ends_seconds = 23 * k_hour_seconds + 59 * 60;  // of the day

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
