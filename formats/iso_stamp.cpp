#include "formats/iso_stamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "formats/civil.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

// Takes `digits` digits, and before them `before` unless it is NUL, from the front of `text`.
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

// False where a point is followed by no digit.
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

// `Z`, or a sign and hours with minutes or without: all that is left of the text.
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

}  // namespace offcirc
