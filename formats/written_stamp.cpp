#include "formats/written_stamp.hpp"

#include "formats/fields.hpp"
#include "formats/stamp.hpp"

namespace offcirc {
namespace {

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

/// A run of digits.
struct Number {
  unsigned value = 0;  ///< meaningless if there are too many digits to fit
  std::size_t digits = 0;

  [[nodiscard]] bool is_there() const { return digits > 0 && digits <= 9; }
  [[nodiscard]] int get() const { return static_cast<int>(value); }
};

/// Reads a date or a time from left to right.
class DateText {
 public:
  explicit DateText(std::string_view text) : m_at(text.data()), m_end(text.data() + text.size()) {}

  [[nodiscard]] std::string_view rest() const { return {m_at, static_cast<std::size_t>(m_end - m_at)}; }
  [[nodiscard]] bool is_at_end() const { return m_at == m_end; }

  Number take_number() {
    const char* const start = m_at;
    unsigned value = 0;
    for (; m_at < m_end && is_digit(*m_at); ++m_at) value = value * 10 + static_cast<unsigned>(*m_at - '0');
    return {value, static_cast<std::size_t>(m_at - start)};
  }

  // Returns false, and takes nothing, if another character comes next.
  bool take(char c) {
    if (is_at_end() || *m_at != c) return false;
    ++m_at;
    return true;
  }

  bool take_separator() { return take('/') || take('-') || take('.'); }

 private:
  const char* m_at;
  const char* m_end;
};

// Takes two more numbers after the first, each preceded by `/`, `-` or `.`.
std::optional<Seconds> take_written_day(Number first, DateText& text, DateOrder order) {
  if (!text.take_separator()) return std::nullopt;
  const Number second = text.take_number();
  if (!text.take_separator()) return std::nullopt;
  const Number third = text.take_number();
  if (!first.is_there() || !second.is_there() || !third.is_there()) return std::nullopt;
  if (first.digits == 4) return civil_day(first.get(), second.get(), third.get());
  if (third.digits != 4 || order == DateOrder::ymd) return std::nullopt;
  if (order == DateOrder::dmy) return civil_day(third.get(), second.get(), first.get());
  return civil_day(third.get(), first.get(), second.get());
}

// Converts to the hour of a 24-hour clock. `half` is AM, PM or empty; nullopt if it is anything else, or if an hour
// with AM or PM is not in 1..12.
std::optional<int> hour_of_day(int hour, std::string_view half) {
  if (half.empty()) return hour;
  const bool is_afternoon = equal_ignoring_case(half, "PM");
  if ((!is_afternoon && !equal_ignoring_case(half, "AM")) || hour < 1 || hour > 12) return std::nullopt;
  return hour % 12 + (is_afternoon ? 12 : 0);
}

}  // namespace

Stamp parse_written_stamp(std::string_view text, DateOrder order) {
  DateText date(text);
  const Number first = date.take_number();
  const auto day = take_written_day(first, date, order);
  if (!day) return k_unreadable;
  if (date.is_at_end()) return {StampForm::date, *day};
  if (!date.take(',') && !date.take(' ')) return k_unreadable;
  const auto clock = parse_written_clock(trimmed(date.rest()));
  return clock ? Stamp(StampForm::civil, *day + *clock) : k_unreadable;
}

std::optional<Seconds> parse_written_clock(std::string_view text) {
  DateText clock(text);
  const Number hour = clock.take_number();
  if (clock.is_at_end()) return parse_compact_clock(text);
  if (!hour.is_there() || !clock.take(':')) return std::nullopt;
  const Number minute = clock.take_number();
  Number second{0, 2};
  if (clock.take(':')) second = clock.take_number();
  if (minute.digits != 2 || second.digits != 2) return std::nullopt;
  const auto of_day = hour_of_day(hour.get(), trimmed(clock.rest()));
  return of_day ? time_of_day(*of_day, minute.get(), second.get()) : std::nullopt;
}

}  // namespace offcirc
