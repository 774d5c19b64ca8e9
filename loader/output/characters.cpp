#include "loader/output/characters.hpp"

#include <fmt/format.h>

#include <iterator>

namespace offcirc {
namespace {

constexpr char32_t k_replacement = 0xFFFD;

// How many bytes the lead byte promises; 0 where it can't lead.
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

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.bytes);
    if (character.valid && !is_control(character.code_point)) {
      result += bytes;
    } else {
      for (const char c : bytes) fmt::format_to(std::back_inserter(result), "\\x{:02x}", static_cast<unsigned char>(c));
    }
    text.remove_prefix(character.bytes);
  }
  return result;
}

}  // namespace offcirc
