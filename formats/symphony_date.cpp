#include "formats/symphony_date.hpp"

#include <cstring>

#include "formats/fields.hpp"
#include "formats/stamp.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {
namespace {

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

Stamp parse_word(std::string_view value, Stamp recorded) {
  if (equal_ignoring_case(value, "NEVER")) return {StampForm::never, 0};
  if (!equal_ignoring_case(value, "TODAY") || !recorded.says_when()) return k_unreadable;
  return {StampForm::date, start_of_day(recorded.seconds())};
}

}  // namespace

Stamp SymphonyClock::read(std::string_view digits) {
  constexpr std::size_t k_digits = 14, k_minute_digits = 12;
  static_assert(sizeof m_minute_digits == k_minute_digits);
  if (digits.size() != k_digits) return k_unreadable;
  if (std::memcmp(digits.data(), m_minute_digits.data(), k_minute_digits) != 0) {
    const Stamp minute = parse_compact_stamp(digits.substr(0, k_minute_digits));
    if (!minute.says_when()) return k_unreadable;
    m_minute = minute.seconds();
    std::memcpy(m_minute_digits.data(), digits.data(), k_minute_digits);
  }
  const int tens = digits[12] - '0', ones = digits[13] - '0';
  if (tens < 0 || tens > 5 || ones < 0 || ones > 9) return k_unreadable;
  return {StampForm::civil, m_minute + tens * 10 + ones};
}

Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded) {
  value = trimmed(value);
  if (value.empty()) return {};
  if (!is_digit(value[0])) return parse_word(value, recorded);
  return is_digits(value) ? parse_compact_stamp(value) : parse_written_stamp(value, order);
}

Stamp SymphonyDates::read(std::string_view value, Stamp recorded) {
  constexpr std::size_t k_half_bytes = 8;
  // Shorter values are words, and TODAY depends on `recorded`.
  if (value.size() < k_half_bytes || value.size() > 2 * k_half_bytes) {
    return parse_symphony_date(value, m_order, recorded);
  }
  std::uint64_t first, last;
  std::memcpy(&first, value.data(), k_half_bytes);
  std::memcpy(&last, value.data() + value.size() - k_half_bytes, k_half_bytes);
  constexpr std::uint64_t k_odd = 0x9E3779B97F4A7C15;
  Known& known = m_known[((first ^ last * k_odd) * k_odd) >> 55U];
  static_assert(k_known_dates == std::size_t{1} << 9U);
  if (known.first != first || known.last != last || known.bytes != value.size()) {
    known = {first, last, value.size(), parse_symphony_date(value, m_order, recorded)};
  }
  return known.date;
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
