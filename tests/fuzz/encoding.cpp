// Text in encodings other than UTF-8: how the decoder handles it and UTF-16 with a byte order mark.
#include <algorithm>

#include "formats/decoder.hpp"
#include "formats/text_arena.hpp"
#include "loader/intake/log_bytes.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

void check_decoder(const std::string& encoding, std::string_view bytes) {
  TextArena arena;
  Decoder decoder(encoding, arena);
  const std::string_view text = decoder.decode(bytes);
  promise(is_utf8(text), "Decoded from " + encoding + " it is no UTF-8.");
  promise(text.empty() == bytes.empty(),
          "Decoded from " + encoding + " nothing is left, or something comes of nothing.");
  promise(!is_utf8(bytes) || text.data() == bytes.data(), "What is UTF-8 already was decoded.");
  promise(decoder.decode(bytes) == text, "Decoded again it is something else.");
}

std::string as_utf16(std::string_view utf8) {
  std::string units;
  const auto put = [&](std::uint32_t unit) {
    units += static_cast<char>(unit & 0xFFU);
    units += static_cast<char>(unit >> 8U);
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const auto first = static_cast<unsigned char>(utf8[at++]);
    const int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    std::uint32_t character = more == 0 ? first : first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more; ++i) character = character << 6U | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
    if (character < 0x10000) {
      put(character);
    } else {
      put(0xD800U + ((character - 0x10000) >> 10U));
      put(0xDC00U + ((character - 0x10000) & 0x3FFU));
    }
  }
  return units;
}

void check_utf16(std::string_view units) {
  std::string low_first = std::string("\xFF\xFE").append(units);
  const LogBytes text = utf8_of_utf16(low_first);
  promise(is_utf8(text.view()), "From UTF-16 it is no UTF-8.");
  const bool is_whole = text.view().find(k_replacement) == std::string_view::npos;
  promise(!is_whole || as_utf16(text.view()) == units, "From UTF-16 and back it is another text.");
  std::string high_first = low_first;
  for (std::size_t at = 0; at + 1 < high_first.size(); at += 2) std::swap(high_first[at], high_first[at + 1]);
  promise(utf8_of_utf16(high_first).view() == text.view(), "The other byte order gives another text.");
}

}  // namespace

void fuzz(std::string_view input) {
  for (const char* encoding : {"windows-1252", "windows-1255", "CP437", "SHIFT_JIS", "UTF-8"})
    check_decoder(encoding, input);
  check_utf16(input);
  looks_like_utf16(input);
}

}  // namespace offcirc
