#include "formats/civil.hpp"

#include <chrono>

namespace offcirc {

std::optional<Seconds> civil_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Seconds{std::chrono::sys_days(date).time_since_epoch().count()} * k_day_seconds;
}

std::optional<Seconds> time_of_day(int hour, int minute, int second) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  return Seconds{hour} * 3600 + minute * 60 + second;
}

Seconds start_of_day(Seconds seconds) {
  Seconds into_day = seconds % k_day_seconds;
  if (into_day < 0) into_day += k_day_seconds;
  return seconds - into_day;
}

}  // namespace offcirc
