#include "tests/rules/values.hpp"

#include <cctype>
#include <cstdlib>

#include "loader/time/iso8601.hpp"

namespace offcirc::tables {

namespace {

constexpr const char* k_a_time = "a time such as 06-12 10:05";
constexpr const char* k_a_date = "a date such as 06-12";

/// A date or civil time; a time without a year is in 2026.
Stamp parse(const Cell& cell, const std::string& text, const std::string& expected) {
  bool has_year = text.size() > 4 && text[4] == '-';
  auto stamp = parse_iso(has_year ? text : "2026-" + text);
  if (!stamp || stamp->is(StampForm::absolute)) cell.fail(expected);
  return *stamp;
}

bool all_digits(const std::string& text) {
  for (char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
  }
  return !text.empty();
}

}  // namespace

Seconds time_in(const Cell& cell, const Zone& zone) {
  std::string text = cell.text;
  bool second = text.size() > 4 && text.substr(text.size() - 4) == " 2nd";
  if (second) text.resize(text.size() - 4);
  Stamp stamp = parse(cell, text, k_a_time);
  if (!stamp.is(StampForm::civil)) cell.fail(k_a_time);
  auto both = zone.both_utc(stamp.seconds());
  return second ? both.second : both.first;
}

Seconds due_in(const Cell& cell, const Zone& zone) {
  if (cell.text == "NEVER") return k_never;
  if (cell.text.find(':') != std::string::npos) return time_in(cell, zone);
  return zone.to_utc(Seconds{day_in(cell)} * k_day_seconds + 86'340);
}

Day day_in(const Cell& cell) {
  Stamp stamp = parse(cell, cell.text, k_a_date);
  if (!stamp.is(StampForm::date)) cell.fail(k_a_date);
  return static_cast<Day>(stamp.seconds() / k_day_seconds);
}

Stamp stamp_in(const Cell& cell) {
  if (cell.empty()) return {};
  if (cell.text == "NEVER") return Stamp(StampForm::never, 0);
  return parse(cell, cell.text, "a date, a time or NEVER");
}

Cents money_in(const Cell& cell) {
  if (cell.empty()) return 0;
  std::string digits = cell.text;
  bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  auto point = digits.find('.');
  if (point == std::string::npos || digits.size() - point != 3) cell.fail("money such as 12.50");
  digits.erase(point, 1);
  if (!all_digits(digits)) cell.fail("money such as 12.50");
  Cents cents = std::atoll(digits.c_str());
  return negative ? -cents : cents;
}

int number_in(const Cell& cell) {
  if (!all_digits(cell.text)) cell.fail("a number");
  return std::atoi(cell.text.c_str());
}

bool answer_in(const Cell& cell) {
  if (cell.text != "yes" && cell.text != "no") cell.fail("yes or no");
  return cell.text == "yes";
}

Outcome outcome_in(const Cell& cell, const std::string& code) {
  auto outcome = find_outcome(code);
  if (!outcome) cell.fail("the code of an outcome");
  return *outcome;
}

Kind kind_in(const Cell& cell, const std::string& name) {
  for (int i = 0; i < k_kind_count; ++i) {
    if (name_of(static_cast<Kind>(i)) == name) return static_cast<Kind>(i);
  }
  cell.fail("a kind of transaction such as checkout");
}

std::string time_text(Seconds utc, const Zone& zone) {
  if (utc == k_no_time) return "";
  if (utc == k_never) return "NEVER";
  std::string iso = iso_time(utc, zone);  // 2026-06-12T10:05:00-05:00
  std::string date = iso.substr(0, 10), time = iso.substr(11, 8);
  if (date.rfind("2026-", 0) == 0) date.erase(0, 5);
  if (time == "23:59:00") return date;
  if (time.substr(5) == ":00") time.resize(5);
  auto both = zone.both_utc(zone.to_civil(utc));
  return date + " " + time + (both.first != both.second && utc == both.second ? " 2nd" : "");
}

std::string day_text(Day day) {
  std::string date = iso_date(day);
  return date.rfind("2026-", 0) == 0 ? date.substr(5) : date;
}

std::string money_text(Cents cents) {
  std::string digits = std::to_string(cents < 0 ? -cents : cents);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return (cents < 0 ? "-" : "") + digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2);
}

}  // namespace offcirc::tables
