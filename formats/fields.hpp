// What every log format asks of its text: its blanks, its digits, and what can be shown of it in a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

// The blanks that people and programs leave around text: no-break spaces from web pages and spreadsheets among them.

/// `utf8` without blanks, tabs and no-break spaces (U+00A0, U+2007, U+202F) at both ends. Only for decoded text: in
/// other encodings the same bytes may be part of a character.
std::string_view trimmed_text(std::string_view utf8);

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_blank(char c) {
  return c <= ' ' && (c == ' ' || c == '\t');  // most are settled by the first comparison
}

/// Without blanks and tabs at both ends.
constexpr std::string_view trimmed(std::string_view text) {
  if (text.empty() || (text.front() > ' ' && text.back() > ' ')) return text;  // as nearly all are
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// With a blank in place of each no-break space, as spreadsheets put between a time and its PM.
std::string with_plain_blanks(std::string_view utf8);

/// No byte has its highest bit set.
bool is_ascii(std::string_view text);

/// ASCII without any control characters, tabs included: what nearly every line of a log is.
bool is_printable_ascii(std::string_view text);

/// The first byte that no text has: a control character that is no tab. npos where there is none.
std::size_t find_control_byte(std::string_view text);

/// At least one digit, and nothing else.
bool is_digits(std::string_view text);

/// Digits and nothing else, at most nine of them, as a number.
constexpr std::optional<int> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// `12.50`, `12.5` or `12` in cents; nullopt where it is no money, is negative, or is more than nine digits of units.
std::optional<std::int64_t> parse_money(std::string_view text);

/// `12.50`
std::string money_cell(std::int64_t cents);

/// `"text"` for a message: at most 40 bytes, with `\t` for a tab and `\xc2` for any other byte that is no printable
/// ASCII.
std::string quoted(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace offcirc
