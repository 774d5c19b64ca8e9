#include "formats/stamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "formats/fields.hpp"

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

namespace {

// Takes `digits` digits from the front of `text`, preceded by the character `before` unless that is NUL.
std::optional<int> take_number(std::string_view& text, std::size_t digits, char before = '\0') {
  const std::size_t start = before == '\0' ? 0 : 1;
  if (text.size() < start + digits || (start == 1 && text[0] != before)) return std::nullopt;
  const auto number = parse_digits(text.substr(start, digits));
  if (number) text.remove_prefix(start + digits);
  return number;
}

std::optional<Seconds> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  const auto month = year ? take_number(text, 2, '-') : std::nullopt;
  const auto day = month ? take_number(text, 2, '-') : std::nullopt;
  return day ? civil_day(*year, *month, *day) : std::nullopt;
}

// Drops the fraction of a second, if any. Returns false if no digit follows the decimal mark.
bool drop_fraction(std::string_view& text) {
  if (!text.starts_with('.') && !text.starts_with(',')) return true;
  text.remove_prefix(1);
  const std::size_t behind = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(behind);
  return behind > 0;
}

std::optional<Seconds> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  const auto minute = hour ? take_number(text, 2, ':') : std::nullopt;
  if (!minute) return std::nullopt;
  if (!text.starts_with(':')) return time_of_day(*hour, *minute, 0);
  const auto second = take_number(text, 2, ':');
  if (!second || !drop_fraction(text)) return std::nullopt;
  return time_of_day(*hour, *minute, *second);
}

// Parses all of `text`: `Z`, or a sign and hours, with or without minutes.
std::optional<Seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  const bool is_east = text.starts_with('+');
  if (!is_east && !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours) return std::nullopt;
  if (text.starts_with(':')) text.remove_prefix(1);
  const auto minutes = text.empty() ? 0 : take_number(text, 2);
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  const Seconds offset = Seconds{*hours} * 3600 + *minutes * 60;
  return is_east ? offset : -offset;
}

}  // namespace

std::optional<Stamp> parse_iso_stamp(std::string_view text) {
  if (equal_ignoring_case(text, "NEVER")) return Stamp(StampForm::never, 0);
  const auto day = take_date(text);
  if (!day) return std::nullopt;
  if (text.empty()) return Stamp(StampForm::date, *day);
  if (text[0] != 'T' && text[0] != 't' && text[0] != ' ') return std::nullopt;
  text.remove_prefix(1);
  const auto time = take_time(text);
  if (!time) return std::nullopt;
  if (text.empty()) return Stamp(StampForm::civil, *day + *time);
  const auto offset = parse_offset(text);
  if (!offset) return std::nullopt;
  return Stamp(StampForm::absolute, *day + *time - *offset);
}

std::string iso_stamp_text(Stamp stamp) {
  if (stamp.is(StampForm::none)) return {};
  if (stamp.is(StampForm::unreadable)) return "unreadable";
  if (stamp.is(StampForm::never)) return "NEVER";
  const Seconds midnight = start_of_day(stamp.seconds());
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(midnight / k_day_seconds))};
  std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (stamp.is(StampForm::date)) return text;
  const Seconds time = stamp.seconds() - midnight;
  text += fmt::format("T{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
  if (stamp.is(StampForm::absolute)) text += 'Z';
  return text;
}

namespace {

constexpr std::size_t k_day_digits = 8;
constexpr Stamp k_unreadable(StampForm::unreadable, 0);

// Returns -1 if there are not two digits at `at`.
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
