#include "loader/mail/mail_encoding.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace offcirc {
namespace {

constexpr std::size_t k_line_characters = 76;

bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '=';
}

void append_hex(std::string& to, char c) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  to += {'=', k_digits[byte >> 4U], k_digits[byte & 15U]};
}

// One line of the text; `line` has no line break in it.
void append_quoted_line(std::string& to, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_last = i + 1 == line.size();
    const bool is_blank_at_end = is_last && c == ' ';
    // Both are changed by servers or mailboxes when they begin a line: "." ends a message, "From " begins one.
    const bool is_touchy = column == 0 && (c == '.' || line.substr(i).starts_with("From "));
    const std::size_t width = is_plain(c) && !is_blank_at_end && !is_touchy ? 1 : 3;
    // The last column is for the = that says that the line goes on.
    if (column + width > k_line_characters - (is_last ? 0 : 1)) {
      to += "=\r\n";
      column = 0;
      --i;  // once more, at the beginning of a line
      continue;
    }
    if (width == 1)
      to += c;
    else
      append_hex(to, c);
    column += width;
  }
}

// The next line of `text` without its end, which is taken away too.
std::string_view take_line(std::string_view& text, bool& had_end) {
  const std::size_t end = text.find('\n');
  had_end = end != std::string_view::npos;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(had_end ? end + 1 : text.size());
  if (had_end && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string to;
  to.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    bool had_end = false;
    append_quoted_line(to, take_line(text, had_end));
    if (had_end) to += "\r\n";
  }
  return to;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view k_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string to;
  to.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
    };
    const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    to += k_letters[group >> 18U];
    to += k_letters[group >> 12U & 63U];
    to += i + 1 < bytes.size() ? k_letters[group >> 6U & 63U] : '=';
    to += i + 2 < bytes.size() ? k_letters[group & 63U] : '=';
  }
  return to;
}

std::string base64_lines(std::string_view bytes) {
  const std::string letters = base64(bytes);
  std::string to;
  to.reserve(letters.size() + letters.size() / k_line_characters * 2 + 2);
  for (std::size_t i = 0; i < letters.size(); i += k_line_characters) {
    to.append(letters, i, k_line_characters);
    to += "\r\n";
  }
  return to;
}

bool suits_quoted_printable(std::string_view text) {
  const auto escaped = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_plain(c) && c != '\n' && c != '\r'; }));
  // Two characters more for each of them, against one more for each three bytes.
  return escaped * 2 <= text.size() / 3;
}

std::string with_mail_line_ends(std::string_view text) {
  std::string to;
  to.reserve(text.size() + text.size() / 32);
  while (!text.empty()) {
    bool had_end = false;
    to += take_line(text, had_end);
    if (had_end) to += "\r\n";
  }
  return to;
}

}  // namespace offcirc
