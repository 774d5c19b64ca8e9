#include "loader/memory/large_vector.hpp"

#include <sys/mman.h>

#include "loader/memory/pages.hpp"

namespace offcirc {

void* allocate_large(std::size_t bytes) {
  return bytes < k_large_page_bytes ? ::operator new(bytes) : map_large_pages(whole_large_pages(bytes));
}

void free_large(void* memory, std::size_t bytes) noexcept {
  if (bytes < k_large_page_bytes)
    ::operator delete(memory);
  else
    ::munmap(memory, whole_large_pages(bytes));
}

}  // namespace offcirc
