#include "formats/blanks.hpp"

#include <algorithm>
#include <array>

#include "formats/fields.hpp"

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
    if (utf8.empty() || (is_ascii_byte(utf8.front()) && is_ascii_byte(utf8.back()))) return utf8;  // as nearly all are
    const auto* const first = std::find_if(k_no_break_spaces.begin(), k_no_break_spaces.end(),
                                           [&](std::string_view space) { return utf8.starts_with(space); });
    if (first != k_no_break_spaces.end()) utf8.remove_prefix(first->size());
    const auto* const last = std::find_if(k_no_break_spaces.begin(), k_no_break_spaces.end(),
                                          [&](std::string_view space) { return utf8.ends_with(space); });
    if (last != k_no_break_spaces.end()) utf8.remove_suffix(last->size());
    if (first == k_no_break_spaces.end() && last == k_no_break_spaces.end()) return utf8;
  }
}

}  // namespace offcirc
