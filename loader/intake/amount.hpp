// Says how much of an upload is not read, in words for the reports.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace offcirc {

/// Counts unread data that arrives in pieces.
class Amount {
 public:
  void add(std::string_view bytes) {
    if (bytes.empty()) return;
    const auto is_binary = [](char byte) { return static_cast<unsigned char>(byte) < '\t'; };
    m_bytes += bytes.size();
    m_line_ends += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    m_is_text = m_is_text && std::none_of(bytes.begin(), bytes.end(), is_binary);
    m_last = bytes.back();
  }

  [[nodiscard]] bool is_text() const { return m_is_text; }

  /// `5 lines (120 bytes)`; only the bytes if it is not text.
  [[nodiscard]] std::string words() const {
    const std::string size = fmt::format("{} byte{}", m_bytes, m_bytes == 1 ? "" : "s");
    if (!m_is_text) return size;
    const std::uint64_t lines = m_line_ends + (m_last == '\n' ? 0 : 1);
    return fmt::format("{} line{} ({})", lines, lines == 1 ? "" : "s", size);
  }

 private:
  std::uint64_t m_bytes = 0, m_line_ends = 0;
  bool m_is_text = true;
  char m_last = '\n';
};

inline Amount amount_of(std::string_view bytes) {
  Amount amount;
  amount.add(bytes);
  return amount;
}

/// True if `bytes` is only padding, which may be ignored.
inline bool is_zeros(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace offcirc
