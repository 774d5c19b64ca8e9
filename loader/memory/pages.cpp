#include "loader/memory/pages.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
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

// A page of two megabytes costs one page fault; pages of four kilobytes cost five hundred. The end of the mapped range
// is kept, because the system maps the next range below this one, and the two then lie next to each other.
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

namespace {

constexpr int k_mapped_bytes = 32 << 20, k_kept_bytes = 64 << 20, k_heap_bytes = 128 << 20;

bool has_room() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

std::uintptr_t end_of_heap() {
  return reinterpret_cast<std::uintptr_t>(::sbrk(0));
}

// Most of the heap goes to the database's page cache. There, the faults of small pages would take a third of the time
// of a load of ten thousand lines. Only the part that is used takes memory.
void have_heap_in_large_pages() {
  ::mallopt(M_TOP_PAD, k_heap_bytes);
  const std::uintptr_t begin = whole_large_pages(end_of_heap());
  void* volatile const piece = std::malloc(k_large_page_bytes);  // volatile, or the compiler drops the allocation
  std::free(piece);
  const std::uintptr_t end = end_of_heap() / k_large_page_bytes * k_large_page_bytes;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

// With the defaults, each vector of some hundred kilobytes is mapped anew, and each of its pages costs a fault.
void prepare_heap() {
  ::mallopt(M_MMAP_THRESHOLD, k_mapped_bytes);
  ::mallopt(M_TRIM_THRESHOLD, k_kept_bytes);
  if (has_room()) have_heap_in_large_pages();
}

void* allocate_large(std::size_t bytes) {
  return bytes < k_large_page_bytes ? ::operator new(bytes) : map_large_pages(whole_large_pages(bytes));
}

void free_large(void* memory, std::size_t bytes) noexcept {
  if (bytes < k_large_page_bytes)
    ::operator delete(memory);
  else
    ::munmap(memory, whole_large_pages(bytes));
}

namespace {

class LargePageResource : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t) override { return allocate_large(bytes); }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t) override { free_large(memory, bytes); }
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace

TextMemory make_text_memory() {
  static LargePageResource& large_pages = *new LargePageResource;  // never destroyed, so it outlives all texts
  return std::make_unique<std::pmr::monotonic_buffer_resource>(&large_pages);
}

}  // namespace offcirc
