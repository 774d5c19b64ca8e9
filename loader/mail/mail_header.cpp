#include "loader/mail/mail_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_line_characters = 76;
// Longer words could make a line too long.
constexpr std::size_t k_longest_word = 60;

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Letters that an encoded word may have as they are, even in front of an address.
void append_q(std::string& to, std::string_view character) {
  for (const char c : character) {
    if (is_letter_or_digit(c))
      to += c;
    else if (c == ' ')
      to += '_';
    else
      fmt::format_to(std::back_inserter(to), "={:02X}", static_cast<unsigned char>(c));
  }
}

// As many encoded words as it takes, no character split between two of them.
std::vector<std::string> encoded_words(std::string_view text) {
  constexpr std::string_view k_begin = "=?UTF-8?Q?", k_end = "?=";
  constexpr std::size_t k_most = k_line_characters - 1 - k_end.size();
  std::vector<std::string> words(1, std::string(k_begin));
  while (!text.empty()) {
    const std::size_t bytes = first_character(text).bytes;
    std::string character;
    append_q(character, text.substr(0, bytes));
    // Room for the name of the header stands before the first.
    const std::size_t most = words.size() == 1 ? k_most - 15 : k_most;
    if (words.back().size() + character.size() > most) words.emplace_back(k_begin);
    words.back() += character;
    text.remove_prefix(bytes);
  }
  for (std::string& word : words) word += k_end;
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ')
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

// Blanks at the ends and in rows would not come through the folding; `=?` would be read as the beginning of an encoded
// word.
bool can_stand_as_it_is(std::string_view text) {
  if (!is_printable_ascii(text) || text.find("=?") != std::string_view::npos) return false;
  const std::vector<std::string> words = words_of(text);
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return !word.empty() && word.size() <= k_longest_word; });
}

// The line of `name`, with a line break before each word that does not fit.
std::string folded(std::string_view name, const std::vector<std::string>& words) {
  std::string line = fmt::format("{}:", name);
  std::size_t column = line.size();
  bool is_first = true;
  for (const std::string& word : words) {
    if (!is_first && column + 1 + word.size() > k_line_characters) {
      line += "\r\n";
      column = 0;
    }
    line += ' ' + word;
    column += 1 + word.size();
    is_first = false;
  }
  return line + "\r\n";
}

std::vector<std::string> display_name_words(std::string_view name) {
  if (!can_stand_as_it_is(name)) return encoded_words(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return words_of(quoted + '"');
}

}  // namespace

std::string text_header(std::string_view name, std::string_view text) {
  const std::string shown = visible(text);
  return folded(name, can_stand_as_it_is(shown) ? words_of(shown) : encoded_words(shown));
}

std::string sender_header(std::string_view name, std::string_view display_name, std::string_view address) {
  if (display_name.empty()) return folded(name, {std::string(address)});
  std::vector<std::string> words = display_name_words(visible(display_name));
  words.push_back(fmt::format("<{}>", address));
  return folded(name, words);
}

std::string addresses_header(std::string_view name, const std::vector<std::string>& addresses) {
  std::vector<std::string> words;
  for (const std::string& address : addresses) {
    if (!words.empty()) words.back() += ',';
    words.push_back(address);
  }
  return folded(name, words);
}

std::string date_header(Seconds utc, const Zone& zone) {
  static constexpr std::array<std::string_view, 7> k_weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Seconds offset_minutes = zone.offset_at(utc) / 60;
  const std::chrono::sys_seconds civil{std::chrono::seconds{utc + offset_minutes * 60}};
  const auto midnight = std::chrono::floor<std::chrono::days>(civil);
  const std::chrono::year_month_day date{midnight};
  const Seconds into_day = (civil - midnight).count();
  const Seconds offset_size = std::abs(offset_minutes);
  return fmt::format("Date: {}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}\r\n",
                     k_weekdays.at(std::chrono::weekday{midnight}.c_encoding()), static_cast<unsigned>(date.day()),
                     k_months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     into_day / 3600, into_day / 60 % 60, into_day % 60, offset_minutes < 0 ? '-' : '+',
                     offset_size / 60, offset_size % 60);
}

std::string plain_header(std::string_view name, std::string_view value, const std::vector<std::string>& parameters) {
  std::string line = fmt::format("{}: {}", name, value);
  for (const std::string& parameter : parameters) line += ";\r\n " + parameter;
  return line + "\r\n";
}

std::vector<std::string> file_name_parameters(std::string_view name, std::string_view value) {
  const auto is_safe = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; };
  std::string plain, extended;
  for (const char c : value) {
    plain += is_safe(c) ? c : '_';
    extended += is_safe(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  std::vector<std::string> parameters{fmt::format("{}=\"{}\"", name, plain)};
  if (plain != value) parameters.push_back(fmt::format("{}*=UTF-8''{}", name, extended));
  return parameters;
}

}  // namespace offcirc
