// Memory for a load: large pages, and prefetching.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>
#include <vector>

namespace offcirc {

// Memory from the system, in whole pages.

/// Size of the processor's large pages, on machines that have them. A large page costs one page fault and one entry of
/// the TLB, however much of it is used.
inline constexpr std::size_t k_large_page_bytes = std::size_t{2} << 20;

std::size_t whole_pages(std::size_t bytes);
std::size_t whole_large_pages(std::size_t bytes);
/// Maps zeroed memory, in whole_pages(bytes). Throws std::bad_alloc if there is none.
void* map_pages(std::size_t bytes);
/// Maps zeroed memory at the beginning of a large page. `bytes` must be a multiple of k_large_page_bytes.
void* map_large_pages(std::size_t bytes);
/// Unmaps memory from either function; `bytes` is the same as for mapping it.
void unmap_pages(void* memory, std::size_t bytes) noexcept;
/// Gives the pages beyond the first `used` of `bytes` back to the system. They stay mapped, and read as zeros.
void give_back_end(void* memory, std::size_t bytes, std::size_t used) noexcept;

// How the process gets memory from malloc().

/// From now on, malloc() uses large pages as far as possible, and mostly keeps freed memory for the next allocation.
/// This is meant for a process that soon needs tens of megabytes and keeps reusing them. It does not affect what was
/// allocated before.
void prepare_heap();

// Vectors that are accessed at random. In large pages, the processor's TLB covers more of them.

/// Allocates `bytes`, in large pages if it is at least one. Throws std::bad_alloc if there is no memory. To be freed
/// with the same `bytes`.
void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes) noexcept;

template <typename T>
struct LargePages {
  using value_type = T;

  LargePages() = default;
  template <typename U>
  LargePages(const LargePages<U>&) {}  // NOLINT(google-explicit-constructor): required of an allocator

  T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }
  friend bool operator==(LargePages, LargePages) { return true; }
};

template <typename T>
using LargeVector = std::vector<T, LargePages<T>>;

// Prefetching. A load goes from line to line, but what a line names may be anywhere in memory, and waiting for it would
// take most of the time.

/// Prefetches a whole object, which need not exist. Ignores a null pointer.
template <typename Object>
inline void prefetch(const Object* object) {
  if (object == nullptr) return;
  constexpr std::size_t k_line_bytes = 64;
  const auto* const begin = reinterpret_cast<const char*>(object);
  for (std::size_t at = 0; at < sizeof(Object); at += k_line_bytes) __builtin_prefetch(begin + at);
  __builtin_prefetch(begin + (sizeof(Object) - 1));  // the object need not begin at a cache line
  // Keeps the compiler from dropping a call without visible effect.
  asm volatile("");
}

// Memory for text that never moves, in large pages if there is much of it.

/// Pieces are allocated one after the other, and are all freed together.
using TextMemory = std::unique_ptr<std::pmr::monotonic_buffer_resource>;

TextMemory make_text_memory();

}  // namespace offcirc
