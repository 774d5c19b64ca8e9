#include "loader/intake/log_bytes.hpp"

#include <sys/mman.h>

#include <new>
#include <utility>

#include "loader/memory/pages.hpp"

namespace offcirc {
namespace {

// A large log is in large pages only, also its end.
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
    if (memory == MAP_FAILED) return {};  // `bytes` still owns what there was
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

}  // namespace offcirc
