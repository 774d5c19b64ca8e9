#include "formats/compact_stamp.hpp"

#include "formats/civil.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_day_digits = 8;
constexpr Stamp k_unreadable(StampForm::unreadable, 0);

// -1 where no two digits stand there.
int two_digits(const char* at) {
  return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

}  // namespace

Stamp parse_compact_stamp(std::string_view digits) {
  if (digits.size() < k_day_digits) return k_unreadable;
  const auto day = parse_digits(digits.substr(0, k_day_digits));
  const auto midnight = day ? civil_day(*day / 10'000, *day / 100 % 100, *day % 100) : std::nullopt;
  if (!midnight) return k_unreadable;
  if (digits.size() == k_day_digits) return {StampForm::date, *midnight};
  const auto clock = parse_compact_clock(digits.substr(k_day_digits));
  return clock ? Stamp(StampForm::civil, *midnight + *clock) : k_unreadable;
}

std::optional<Seconds> parse_compact_clock(std::string_view digits) {
  const bool has_seconds = digits.size() == 6;
  if (!has_seconds && digits.size() != 4) return std::nullopt;
  const char* at = digits.data();
  return time_of_day(two_digits(at), two_digits(at + 2), has_seconds ? two_digits(at + 4) : 0);
}

}  // namespace offcirc
