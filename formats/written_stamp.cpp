#include "formats/written_stamp.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/civil.hpp"
#include "formats/compact_stamp.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

std::optional<int> number_at(std::string_view digits, std::size_t at, std::size_t count) {
  return parse_digits(digits.substr(at, count));
}

// Three numbers with `/`, `-` or `.` between them.
std::optional<Seconds> parse_written_day(std::string_view text, DateOrder order) {
  std::array<int, 3> numbers{};
  std::array<std::size_t, 3> digits{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t stop = i < 2 ? text.find_first_of("/-.") : text.size();
    if (stop == std::string_view::npos) return std::nullopt;
    const auto number = parse_digits(text.substr(0, stop));
    if (!number) return std::nullopt;
    numbers[i] = *number;
    digits[i] = stop;
    text.remove_prefix(i < 2 ? stop + 1 : stop);
  }
  const bool year_first = digits[0] == 4;
  if (!year_first && (digits[2] != 4 || order == DateOrder::ymd)) return std::nullopt;
  if (year_first) return civil_day(numbers[0], numbers[1], numbers[2]);
  if (order == DateOrder::dmy) std::swap(numbers[0], numbers[1]);
  return civil_day(numbers[2], numbers[0], numbers[1]);
}

// The hour of a 24-hour clock, where `half` is AM, PM or empty.
std::optional<int> hour_of_day(int hour, std::string_view half) {
  if (half.empty()) return hour;
  const bool is_afternoon = equal_ignoring_case(half, "PM");
  if ((!is_afternoon && !equal_ignoring_case(half, "AM")) || hour < 1 || hour > 12) return std::nullopt;
  return hour % 12 + (is_afternoon ? 12 : 0);
}

}  // namespace

Stamp parse_written_stamp(std::string_view text, DateOrder order) {
  const std::size_t separator = text.find_first_of(", ");
  const auto day = parse_written_day(text.substr(0, separator), order);
  if (!day) return k_unreadable;
  if (separator == std::string_view::npos) return {StampForm::date, *day};
  const auto clock = parse_written_clock(trimmed(text.substr(separator + 1)));
  return clock ? Stamp(StampForm::civil, *day + *clock) : k_unreadable;
}

std::optional<Seconds> parse_written_clock(std::string_view text) {
  if (is_digits(text)) return parse_compact_clock(text);
  const std::size_t behind_digits = std::min(text.find_first_not_of("0123456789:"), text.size());
  const std::string_view half = trimmed(text.substr(behind_digits));
  text = text.substr(0, behind_digits);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(colon + 1);
  const auto hour = parse_digits(text.substr(0, colon));
  const auto minute = number_at(behind, 0, 2);
  const bool has_seconds = behind.size() == 5 && behind[2] == ':';
  if (!has_seconds && behind.size() != 2) return std::nullopt;
  const auto second = has_seconds ? number_at(behind, 3, 2) : 0;
  if (!hour || !minute || !second) return std::nullopt;
  const auto of_day = hour_of_day(*hour, half);
  return of_day ? time_of_day(*of_day, *minute, *second) : std::nullopt;
}

}  // namespace offcirc
