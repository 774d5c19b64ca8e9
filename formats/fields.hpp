// Helpers that every log format uses on text: trimming, digits, and quoting a value in a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

// Whitespace that people and programs leave around text, including no-break spaces from web pages and spreadsheets.

/// Returns `utf8` without spaces, tabs and no-break spaces (U+00A0, U+2007, U+202F) at both ends. Only for decoded
/// text: in other encodings the same bytes may be part of a character.
std::string_view trimmed_text(std::string_view utf8);

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_blank(char c) {
  return c <= ' ' && (c == ' ' || c == '\t');  // the first comparison settles most characters
}

/// Returns `text` without spaces and tabs at both ends.
constexpr std::string_view trimmed(std::string_view text) {
  if (text.empty() || (text.front() > ' ' && text.back() > ' ')) return text;  // the common case
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Returns `utf8` with each no-break space replaced by a space: spreadsheets put them between a time and its PM.
std::string with_plain_blanks(std::string_view utf8);

/// Returns whether no byte has its highest bit set.
bool is_ascii(std::string_view text);

/// Returns whether `text` is ASCII without any control characters, tabs included, as nearly every line of a log is.
bool is_printable_ascii(std::string_view text);

/// Returns the offset of the first control character other than a tab, which no text has; npos if there is none.
std::size_t find_control_byte(std::string_view text);

/// Returns whether `text` is one or more digits and nothing else.
bool is_digits(std::string_view text);

/// Parses one to nine digits; nullopt if `text` is anything else.
constexpr std::optional<int> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// Parses `12.50`, `12.5` or `12` into cents; nullopt if `text` is not an amount, is negative, or has more than nine
/// digits before the point.
std::optional<std::int64_t> parse_money(std::string_view text);

/// Formats cents as `12.50`, or `-12.50`.
std::string money_cell(std::int64_t cents);

/// Quotes a value for a message: `"text"`, cut after 40 bytes, with `\t` for a tab and `\xc2` for any other byte that
/// is not printable ASCII.
std::string quoted(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace offcirc
