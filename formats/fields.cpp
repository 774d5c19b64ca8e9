#include "formats/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "formats/line_scan.hpp"

namespace offcirc {

namespace {

constexpr std::array<std::string_view, 3> k_no_break_spaces = {"\u00A0", "\u2007", "\u202F"};

bool is_ascii_byte(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

std::string_view trimmed_text(std::string_view utf8) {
  for (;;) {
    utf8 = trimmed(utf8);
    if (utf8.empty() || (is_ascii_byte(utf8.front()) && is_ascii_byte(utf8.back()))) return utf8;  // the common case
    const auto* const first = std::find_if(k_no_break_spaces.begin(), k_no_break_spaces.end(),
                                           [&](std::string_view space) { return utf8.starts_with(space); });
    if (first != k_no_break_spaces.end()) utf8.remove_prefix(first->size());
    const auto* const last = std::find_if(k_no_break_spaces.begin(), k_no_break_spaces.end(),
                                          [&](std::string_view space) { return utf8.ends_with(space); });
    if (last != k_no_break_spaces.end()) utf8.remove_suffix(last->size());
    if (first == k_no_break_spaces.end() && last == k_no_break_spaces.end()) return utf8;
  }
}

std::string with_plain_blanks(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const auto* const space = std::find_if(k_no_break_spaces.begin(), k_no_break_spaces.end(),
                                           [&](std::string_view one) { return utf8.starts_with(one); });
    const bool is_space = space != k_no_break_spaces.end();
    text += is_space ? ' ' : utf8.front();
    utf8.remove_prefix(is_space ? space->size() : 1);
  }
  return text;
}

namespace {

constexpr std::uint64_t k_ones = 0x0101010101010101;
constexpr std::uint64_t k_high_bits = 0x8080808080808080;

std::uint64_t eight_bytes_at(std::string_view text, std::size_t at) {
  std::uint64_t bytes;
  std::memcpy(&bytes, text.data() + at, sizeof bytes);
  return bytes;
}

// Returns whether some of the eight bytes is below 0x20 or above 0x7E: these have to be checked one by one.
bool has_unusual_byte(std::uint64_t bytes) {
  const std::uint64_t below_blank = (bytes - k_ones * 0x20) & ~bytes;
  const std::uint64_t delete_or_above = (bytes + k_ones) | bytes;
  return ((below_blank | delete_or_above) & k_high_bits) != 0;
}

constexpr bool is_printable(char c) {
  return c >= 0x20 && c < 0x7F;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    if ((eight_bytes_at(text, at) & k_high_bits) != 0) return false;
  }
  for (; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  }
  return true;
}

bool is_printable_ascii(std::string_view text) {
  constexpr std::size_t k_part_bytes = sizeof(SixteenBytes);
  if (text.size() < k_part_bytes) return std::all_of(text.begin(), text.end(), is_printable);
  SixteenBytes largest{};
  for (std::size_t at = 0; at + k_part_bytes <= text.size(); at += k_part_bytes) {
    largest = larger_of(largest, from_blank(sixteen_bytes_at(text.data() + at)));
  }
  // The last block ends at the end of the text; that it overlaps the one before does not matter.
  largest = larger_of(largest, from_blank(sixteen_bytes_at(text.data() + text.size() - k_part_bytes)));
  return !any_above(largest, k_last_printable);
}

std::size_t find_control_byte(std::string_view text) {
  if (is_printable_ascii(text)) return std::string_view::npos;
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && !has_unusual_byte(eight_bytes_at(text, at))) {
      at += 8;
      continue;
    }
    const std::size_t stop = std::min(at + 8, text.size());
    for (; at < stop; ++at) {
      if (is_control(text[at])) return at;
    }
  }
  return std::string_view::npos;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::int64_t> parse_money(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto units = parse_digits(text.substr(0, point));
  if (!units) return std::nullopt;
  std::int64_t cents = std::int64_t{*units} * 100;
  if (point == std::string_view::npos) return cents;
  const std::string_view decimals = text.substr(point + 1);
  const auto fraction = parse_digits(decimals);
  if (!fraction || decimals.size() > 2) return std::nullopt;
  cents += decimals.size() == 1 ? *fraction * 10 : *fraction;
  return cents;
}

std::string money_cell(std::int64_t cents) {
  const std::int64_t size = cents < 0 ? -cents : cents;
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", size / 100, size % 100);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t k_shown_bytes = 40;
  std::string shown = "\"";
  for (const char c : text.substr(0, k_shown_bytes)) {
    if (c == '\t')
      shown += "\\t";
    else if (is_printable(c))
      shown += c;
    else
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  shown += text.size() > k_shown_bytes ? "...\"" : "\"";
  return shown;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace offcirc
