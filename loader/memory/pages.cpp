#include "loader/memory/pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <new>

namespace offcirc {

std::size_t whole_pages(std::size_t bytes) {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

std::size_t whole_large_pages(std::size_t bytes) {
  return (bytes + k_large_page_bytes - 1) / k_large_page_bytes * k_large_page_bytes;
}

void* map_pages(std::size_t bytes) {
  void* const memory = ::mmap(nullptr, whole_pages(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

// A page of two megabytes costs one fault, pages of four kilobytes five hundred. Of the place the end is kept: the next
// is found below, and then lies next to it.
void* map_large_pages(std::size_t bytes) {
  char* const wide = static_cast<char*>(map_pages(bytes + k_large_page_bytes));
  const std::size_t behind = (reinterpret_cast<std::uintptr_t>(wide) + bytes) % k_large_page_bytes;
  char* const begin = wide + k_large_page_bytes - behind;
  ::munmap(wide, static_cast<std::size_t>(begin - wide));
  if (behind > 0) ::munmap(begin + bytes, behind);
  ::madvise(begin, bytes, MADV_HUGEPAGE);
  return begin;
}

void unmap_pages(void* memory, std::size_t bytes) noexcept {
  ::munmap(memory, whole_pages(bytes));
}

void give_back_end(void* memory, std::size_t bytes, std::size_t used) noexcept {
  const std::size_t kept = whole_pages(used);
  if (kept < bytes) ::madvise(static_cast<char*>(memory) + kept, bytes - kept, MADV_DONTNEED);
}

}  // namespace offcirc
