#include "loader/intake/log_bytes.hpp"

#include <sys/mman.h>

#include <utility>

#include "loader/memory/block_memory.hpp"

namespace offcirc {
namespace {

void* map_memory(std::size_t size) {
  return ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

}  // namespace

LogBytes::LogBytes(LogBytes&& other) noexcept
    : m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_written_at(other.m_written_at) {}

LogBytes& LogBytes::operator=(LogBytes&& other) noexcept {
  std::swap(m_mapping, other.m_mapping);
  std::swap(m_size, other.m_size);
  std::swap(m_written_at, other.m_written_at);
  return *this;
}

LogBytes::~LogBytes() {
  if (m_mapping != nullptr) BlockMemory::of_process().free(m_mapping, m_size);
}

void LogBytes::set_read() {
  if (m_mapping != nullptr) BlockMemory::of_process().set_full(m_mapping, m_size);
}

LogBytes LogBytes::resized(LogBytes bytes, std::size_t size) {
  if (size == 0) return {};
  void* memory =
      bytes.m_mapping == nullptr ? map_memory(size) : ::mremap(bytes.m_mapping, bytes.m_size, size, MREMAP_MAYMOVE);
  if (memory == MAP_FAILED) return {};  // `bytes` still owns what there was
  bytes.m_mapping = memory;
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
