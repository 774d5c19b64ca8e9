#include "loader/memory/freed_memory.hpp"

#include <malloc.h>

namespace offcirc {

// Else each vector of some hundred kilobytes is mapped anew, and each page of it costs a fault.
void keep_freed_memory() {
  constexpr int k_mapped_bytes = 32 << 20, k_kept_bytes = 64 << 20;
  ::mallopt(M_MMAP_THRESHOLD, k_mapped_bytes);
  ::mallopt(M_TRIM_THRESHOLD, k_kept_bytes);
}

}  // namespace offcirc
