#include "loader/intake/utf16.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace offcirc {
namespace {

constexpr std::size_t k_looked_at_bytes = 1024;
// One unit of two bytes has at most three in UTF-8; a pair of four bytes has four.
constexpr std::size_t k_max_bytes_of_unit = 3;
constexpr std::uint32_t k_replacement = 0xFFFD;

class Utf16Reader {
 public:
  explicit Utf16Reader(std::string_view bytes) : m_bytes(bytes.substr(2)), m_high_first(bytes[0] == '\xFE') {}

  [[nodiscard]] bool at_end() const { return m_at >= m_bytes.size(); }

  std::uint32_t next_character() {
    const std::uint32_t first = unit_at(m_at);
    m_at += 2;
    if (first < 0xD800 || first > 0xDFFF) return first;
    const std::uint32_t second = first < 0xDC00 ? unit_at(m_at) : 0;
    if (second < 0xDC00 || second > 0xDFFF) return k_replacement;
    m_at += 2;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }

 private:
  [[nodiscard]] std::uint32_t unit_at(std::size_t at) const {
    if (at + 1 >= m_bytes.size()) return k_replacement;
    const auto one = static_cast<unsigned char>(m_bytes[at]), two = static_cast<unsigned char>(m_bytes[at + 1]);
    return m_high_first ? one << 8U | two : two << 8U | one;
  }

  std::string_view m_bytes;
  bool m_high_first;
  std::size_t m_at = 0;
};

char* append_utf8(char* to, std::uint32_t character) {
  const auto put = [&](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  const auto put_tail = [&](unsigned shift) { put(0x80U | (character >> shift & 0x3FU)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0U | character >> 6U);
    put_tail(0);
  } else if (character < 0x10000) {
    put(0xE0U | character >> 12U);
    put_tail(6);
    put_tail(0);
  } else {
    put(0xF0U | character >> 18U);
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
  return to;
}

}  // namespace

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

bool looks_like_utf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, k_looked_at_bytes);
  std::size_t nul_bytes[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) nul_bytes[i % 2] += head[i] == '\0' ? 1 : 0;
  const std::size_t more = std::max(nul_bytes[0], nul_bytes[1]), fewer = std::min(nul_bytes[0], nul_bytes[1]);
  return fewer == 0 && head.size() >= 4 && more >= head.size() / 4;
}

LogBytes utf8_of_utf16(std::string_view bytes) {
  Utf16Reader reader(bytes);
  LogBytes text = LogBytes::resized({}, bytes.size() / 2 * k_max_bytes_of_unit + k_max_bytes_of_unit);
  if (text.view().empty()) return {};
  char* end = text.data();
  while (!reader.at_end()) end = append_utf8(end, reader.next_character());
  const auto size = static_cast<std::size_t>(end - text.data());
  return LogBytes::resized(std::move(text), size);
}

}  // namespace offcirc
