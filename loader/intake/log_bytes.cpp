#include "loader/intake/log_bytes.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "loader/memory/pages.hpp"

namespace offcirc {

namespace {

// A large log is kept in large pages only, including its end.
std::size_t bytes_to_map(std::size_t size) {
  return size < k_large_page_bytes ? whole_pages(size) : whole_large_pages(size);
}

void* map_memory(std::size_t bytes) {
  try {
    return bytes < k_large_page_bytes ? map_pages(bytes) : map_large_pages(bytes);
  } catch (const std::bad_alloc&) {
    return MAP_FAILED;
  }
}

}  // namespace

LogBytes::LogBytes(LogBytes&& other) noexcept
    : m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_mapped(std::exchange(other.m_mapped, 0)),
      m_size(std::exchange(other.m_size, 0)),
      m_written_at(other.m_written_at) {}

LogBytes& LogBytes::operator=(LogBytes&& other) noexcept {
  std::swap(m_mapping, other.m_mapping);
  std::swap(m_mapped, other.m_mapped);
  std::swap(m_size, other.m_size);
  std::swap(m_written_at, other.m_written_at);
  return *this;
}

LogBytes::~LogBytes() {
  if (m_mapping != nullptr) unmap_pages(m_mapping, m_mapped);
}

void LogBytes::set_read() {
  if (m_mapping == nullptr) return;
  if (const std::size_t kept = whole_pages(m_size); kept < m_mapped) {
    ::munmap(data() + kept, m_mapped - kept);
    m_mapped = kept;
  }
}

LogBytes LogBytes::resized(LogBytes bytes, std::size_t size) {
  if (size == 0) return {};
  if (const std::size_t mapped = bytes_to_map(size); mapped != bytes.m_mapped) {
    void* const memory = bytes.m_mapping == nullptr ? map_memory(mapped)
                                                    : ::mremap(bytes.m_mapping, bytes.m_mapped, mapped, MREMAP_MAYMOVE);
    if (memory == MAP_FAILED) return {};  // `bytes` still owns the old memory
    bytes.m_mapping = memory;
    bytes.m_mapped = mapped;
  }
  bytes.m_size = size;
  return bytes;
}

std::span<char> GrowingBytes::room() {
  const std::size_t capacity = m_memory.view().size();
  if (m_size == capacity) m_memory = LogBytes::resized(std::move(m_memory), capacity * 2);
  const bool is_full = m_memory.view().size() <= m_size;
  return is_full ? std::span<char>() : std::span(m_memory.data() + m_size, m_memory.view().size() - m_size);
}

namespace {

constexpr std::size_t k_looked_at_bytes = 1024;
// A unit of two bytes takes at most three in UTF-8, and a surrogate pair of four bytes takes four.
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
