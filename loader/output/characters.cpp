#include "loader/output/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace offcirc {

std::string listed(const std::vector<std::string_view>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
}

std::string counted(std::int64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

namespace {

constexpr char32_t k_replacement = 0xFFFD;

// The number of bytes of a character that begins with `lead`; 0 if none does.
std::size_t promised_bytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool is_allowed(char32_t code_point, std::size_t bytes) {
  constexpr char32_t k_smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return code_point >= k_smallest[bytes] && code_point <= 0x10FFFF && !surrogate;
}

// Persian uses the non-joiner, Indian scripts use the non-joiner and the joiner, and emoji are combined with joiners
// and variation selectors. Alone, or after Latin letters and digits, these characters only hide something.
bool chooses_form(char32_t code_point, char32_t before) {
  constexpr char32_t k_first_arabic_letter = 0x0620;
  const bool is_joiner_or_selector =
      code_point == 0x200C || code_point == 0x200D || (code_point >= 0xFE00 && code_point <= 0xFE0F);
  return is_joiner_or_selector && before >= k_first_arabic_letter && !is_invisible(before);
}

bool is_ascii_digit(char32_t code_point) {
  return code_point >= '0' && code_point <= '9';
}

// No-break spaces are legitimate in titles and names. Within a number, they hide that it is not the ID it looks like.
bool is_no_break_space(char32_t code_point) {
  return code_point == 0x00A0 || code_point == 0x2007 || code_point == 0x202F;
}

bool can_be_shown(char32_t code_point, char32_t before, char32_t behind) {
  if (is_control(code_point)) return false;
  if (is_no_break_space(code_point)) return !is_ascii_digit(before) || !is_ascii_digit(behind);
  return !is_invisible(code_point) || chooses_form(code_point, before);
}

}  // namespace

Character first_character(std::string_view text) {
  constexpr Character k_invalid{k_replacement, 1, false};
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = promised_bytes(lead);
  if (bytes == 1) return {lead, 1, true};
  if (bytes == 0 || bytes > text.size()) return k_invalid;
  char32_t code_point = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return k_invalid;
    code_point = code_point << 6U | (byte & 0x3FU);
  }
  return is_allowed(code_point, bytes) ? Character{code_point, bytes, true} : k_invalid;
}

bool is_control(char32_t code_point) {
  const auto between = [&](char32_t first, char32_t last) { return code_point >= first && code_point <= last; };
  return code_point < 0x20 || between(0x7F, 0x9F) || code_point == 0x061C || between(0x200E, 0x200F) ||
         between(0x2028, 0x202E) || between(0x2066, 0x2069);
}

bool is_invisible(char32_t code_point) {
  struct Range {
    char32_t first, last;
  };
  // Unicode's Default_Ignorable_Code_Point, except for those that is_control() covers, plus interlinear annotations.
  constexpr Range k_ranges[] = {
      {0x00AD, 0x00AD},    // soft hyphen
      {0x034F, 0x034F},    // grapheme joiner
      {0x115F, 0x1160},    // Hangul fillers
      {0x17B4, 0x17B5},    // Khmer vowels that are not written
      {0x180B, 0x180F},    // Mongolian selectors, vowel separator
      {0x200B, 0x200D},    // zero width space, non-joiner, joiner
      {0x2060, 0x2065},    // word joiner, invisible operators
      {0x206A, 0x206F},    // deprecated format characters
      {0x3164, 0x3164},    // Hangul filler
      {0xFE00, 0xFE0F},    // variation selectors
      {0xFEFF, 0xFEFF},    // byte order mark
      {0xFFA0, 0xFFA0},    // Hangul filler, half width
      {0xFFF0, 0xFFFB},    // not assigned, and interlinear annotations
      {0x1BCA0, 0x1BCA3},  // shorthand format controls
      {0x1D173, 0x1D17A},  // musical format controls
      {0xE0000, 0xE0FFF},  // tags, more variation selectors
  };
  return std::any_of(std::begin(k_ranges), std::end(k_ranges),
                     [&](const Range& range) { return code_point >= range.first && code_point <= range.last; });
}

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  char32_t before = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.bytes);
    const std::string_view rest = text.substr(character.bytes);
    const char32_t behind = rest.empty() ? 0 : static_cast<unsigned char>(rest.front());
    const bool is_shown = character.valid && can_be_shown(character.code_point, before, behind);
    before = is_shown ? character.code_point : 0;
    if (is_shown) {
      result += bytes;
    } else {
      for (const char c : bytes) fmt::format_to(std::back_inserter(result), "\\x{:02x}", static_cast<unsigned char>(c));
    }
    text.remove_prefix(character.bytes);
  }
  return result;
}

namespace {

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

void append_html_text(std::string& text, std::string_view value) {
  for (const char c : visible(value)) {
    const std::string_view entity = entity_of(c);
    if (entity.empty()) {
      text += c;
    } else {
      text += entity;
    }
  }
}

std::string html_name(std::string_view value) {
  std::string name;
  for (const char c : value) {
    if (is_name_character(c)) {
      name += c;
    } else {
      fmt::format_to(std::back_inserter(name), ".{:02x}", static_cast<unsigned char>(c));
    }
  }
  return name;
}

}  // namespace offcirc
