#include "formats/compact_stamp.hpp"

#include "formats/civil.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_day_digits = 8;
constexpr Stamp k_unreadable(StampForm::unreadable, 0);

std::optional<int> number_at(std::string_view digits, std::size_t at, std::size_t count) {
  return parse_digits(digits.substr(at, count));
}

}  // namespace

Stamp parse_compact_stamp(std::string_view digits) {
  if (digits.size() < k_day_digits) return k_unreadable;
  const auto year = number_at(digits, 0, 4), month = number_at(digits, 4, 2), day = number_at(digits, 6, 2);
  const auto midnight = year && month && day ? civil_day(*year, *month, *day) : std::nullopt;
  if (!midnight) return k_unreadable;
  if (digits.size() == k_day_digits) return {StampForm::date, *midnight};
  const auto clock = parse_compact_clock(digits.substr(k_day_digits));
  return clock ? Stamp(StampForm::civil, *midnight + *clock) : k_unreadable;
}

std::optional<Seconds> parse_compact_clock(std::string_view digits) {
  const bool has_seconds = digits.size() == 6;
  if (!has_seconds && digits.size() != 4) return std::nullopt;
  const auto hour = number_at(digits, 0, 2), minute = number_at(digits, 2, 2);
  const auto second = has_seconds ? number_at(digits, 4, 2) : 0;
  return hour && minute && second ? time_of_day(*hour, *minute, *second) : std::nullopt;
}

}  // namespace offcirc
