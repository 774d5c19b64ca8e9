#include "loader/rules/wording.hpp"

#include <fmt/format.h>

namespace offcirc {
namespace {

constexpr Seconds k_minute_seconds = 60;
constexpr Seconds k_due_minute_of_day = 23 * 60 + 59;

Seconds minute_of_day(Seconds civil) {
  return ((civil % k_day_seconds + k_day_seconds) % k_day_seconds) / k_minute_seconds;
}

}  // namespace

std::string when(Seconds utc, const Zone& zone) {
  if (utc == k_never) return "NEVER";
  const Seconds minutes = minute_of_day(zone.to_civil(utc));
  return fmt::format("{} {:02}:{:02}", iso_date(zone.day_of(utc)), minutes / 60, minutes % 60);
}

std::string due_text(Seconds due_at, const Zone& zone) {
  if (due_at == k_never || minute_of_day(zone.to_civil(due_at)) != k_due_minute_of_day) return when(due_at, zone);
  return iso_date(zone.day_of(due_at));
}

std::string_view library_code(LibraryIndex library, const Policy& policy) {
  return library < policy.libraries.size() ? std::string_view(policy.libraries[library].code) : "no library";
}

std::string phrase_with(Outcome outcome, std::string_view about) {
  return std::string(facts_of(outcome).phrase).append(": ").append(about);
}

}  // namespace offcirc
