// Vectors that are looked at here and there: in large pages of the processor, of which it keeps more at hand.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace offcirc {

/// Of so many bytes, from a large page on where there are that many. std::bad_alloc where there is no memory.
void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes) noexcept;

template <typename T>
struct LargePages {
  using value_type = T;

  LargePages() = default;
  template <typename U>
  LargePages(const LargePages<U>&) {}  // NOLINT(google-explicit-constructor): what an allocator has to have

  T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }
  friend bool operator==(LargePages, LargePages) { return true; }
};

template <typename T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace offcirc
