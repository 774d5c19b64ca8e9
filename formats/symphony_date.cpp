#include "formats/symphony_date.hpp"

#include <cstring>

#include "formats/civil.hpp"
#include "formats/compact_stamp.hpp"
#include "formats/fields.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {
namespace {

constexpr Stamp k_unreadable(StampForm::unreadable, 0);
constexpr std::size_t k_day_digits = 8;

Stamp parse_word(std::string_view value, Stamp recorded) {
  if (equal_ignoring_case(value, "NEVER")) return {StampForm::never, 0};
  if (!equal_ignoring_case(value, "TODAY") || !recorded.says_when()) return k_unreadable;
  return {StampForm::date, start_of_day(recorded.seconds())};
}

}  // namespace

Stamp SymphonyClock::read(std::string_view digits) {
  constexpr std::size_t k_digits = 14;
  static_assert(sizeof m_day_digits == k_day_digits);
  if (digits.size() != k_digits) return k_unreadable;
  if (std::memcmp(digits.data(), m_day_digits.data(), k_day_digits) != 0) {
    const Stamp day = parse_compact_stamp(digits.substr(0, k_day_digits));
    if (!day.says_when()) return k_unreadable;
    m_midnight = day.seconds();
    std::memcpy(m_day_digits.data(), digits.data(), k_day_digits);
  }
  const auto time = parse_compact_clock(digits.substr(k_day_digits));
  return time ? Stamp(StampForm::civil, m_midnight + *time) : k_unreadable;
}

Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded) {
  value = trimmed(value);
  if (value.empty()) return {};
  if (!is_digit(value[0])) return parse_word(value, recorded);
  return is_digits(value) ? parse_compact_stamp(value) : parse_written_stamp(value, order);
}

Stamp parse_symphony_session(std::string_view date, std::string_view time, DateOrder order) {
  const Stamp day = parse_symphony_date(date, order, {});
  if (day.is(StampForm::civil)) return day;
  if (day.is(StampForm::none) || trimmed(time).empty()) return {};
  const auto clock = parse_written_clock(trimmed(time));
  if (!day.is(StampForm::date) || !clock) return k_unreadable;
  return {StampForm::civil, day.seconds() + *clock};
}

}  // namespace offcirc
