#include "loader/memory/heap.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "loader/memory/pages.hpp"

namespace offcirc {
namespace {

constexpr int k_mapped_bytes = 32 << 20, k_kept_bytes = 64 << 20, k_heap_bytes = 128 << 20;

bool has_room() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

std::uintptr_t end_of_heap() {
  return reinterpret_cast<std::uintptr_t>(::sbrk(0));
}

// Most of it goes to the database's pages, of which each small one would cost a fault: a third of a load of ten
// thousand lines. Only what is used of it takes memory.
void have_heap_in_large_pages() {
  ::mallopt(M_TOP_PAD, k_heap_bytes);
  const std::uintptr_t begin = whole_large_pages(end_of_heap());
  void* volatile const piece = std::malloc(k_large_page_bytes);  // volatile: else nothing would be allocated
  std::free(piece);
  const std::uintptr_t end = end_of_heap() / k_large_page_bytes * k_large_page_bytes;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

// Else each vector of some hundred kilobytes is mapped anew, and each page of it costs a fault.
void prepare_heap() {
  ::mallopt(M_MMAP_THRESHOLD, k_mapped_bytes);
  ::mallopt(M_TRIM_THRESHOLD, k_kept_bytes);
  if (has_room()) have_heap_in_large_pages();
}

}  // namespace offcirc
