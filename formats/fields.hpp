// What every log format asks of its text: its lines, their blanks, their digits, and what can be shown of it in a
// message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

/// What ends a line: LF or CR LF; or, in formats whose records end in CR, a CR alone too.
enum class LineEnds : std::uint8_t { lf, cr_too };

/// Reads a text line by line. A UTF-8 byte order mark before the first is skipped. May be copied to look ahead.
class LineReader {
 public:
  explicit LineReader(std::string_view text, LineEnds ends = LineEnds::lf);

  /// The next line without its end, or false at the end. Costs one memchr, however long the line is, where only LF ends
  /// one.
  bool next(std::string_view& line);
  /// Of the line that next() gave last, from 1.
  [[nodiscard]] std::uint32_t line_number() const { return m_line; }

 private:
  std::string_view m_rest;
  std::uint32_t m_line = 0;
  LineEnds m_ends;
};

/// Whether `is_right` takes one of the first ten lines that are not empty: how a format knows a log of its own, a
/// damaged first line or some chatter notwithstanding.
bool some_line_is(LineReader lines, bool (*is_right)(std::string_view line));

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_blank(char c) {
  return c <= ' ' && (c == ' ' || c == '\t');  // most are settled by the first comparison
}

/// Without blanks and tabs at both ends.
constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

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

/// `"text"` for a message: at most 40 bytes, with `?` for each byte that is no printable ASCII.
std::string quoted(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace offcirc
