// Memory for a load: large pages, and fetching ahead what is looked at soon.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>
#include <vector>

namespace offcirc {

// Memory from the system, in its pages.

/// Of the processor, on machines that have them: what is got at one go, and remembered as one place.
inline constexpr std::size_t k_large_page_bytes = std::size_t{2} << 20;

std::size_t whole_pages(std::size_t bytes);
std::size_t whole_large_pages(std::size_t bytes);
/// Zeros; std::bad_alloc where there is no memory. To be unmapped by whole_pages(bytes).
void* map_pages(std::size_t bytes);
/// The same, from a large page on; `bytes` are whole ones.
void* map_large_pages(std::size_t bytes);
/// Of either, by the same `bytes`.
void unmap_pages(void* memory, std::size_t bytes) noexcept;
/// Gives back what lies beyond the first `used` of `bytes`: still mapped, and zeros again when it is read.
void give_back_end(void* memory, std::size_t bytes, std::size_t used) noexcept;

// How the process gets memory from malloc().

/// From now on in large pages, as far as it can, and what is freed is mostly kept for what is allocated next: for those
/// who soon need tens of megabytes, and fill again what they have emptied. Of no effect on what was allocated before.
void prepare_heap();

// Vectors that are looked at here and there: in large pages of the processor, of which it keeps more at hand.

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

// Asks memory for what is looked at soon. A load follows its lines from one to the next, but what each names lies
// anywhere, and to wait for that would be most of the time.

/// All of an object, which need not be there. That of a null pointer is none.
template <typename Object>
inline void fetch_ahead(const Object* object) {
  if (object == nullptr) return;
  constexpr std::size_t k_line_bytes = 64;
  const auto* const begin = reinterpret_cast<const char*>(object);
  for (std::size_t at = 0; at < sizeof(Object); at += k_line_bytes) __builtin_prefetch(begin + at);
  __builtin_prefetch(begin + (sizeof(Object) - 1));  // it need not begin with a line
  // Not to be seen by anybody is to be left out, say compilers, with whoever does nothing else. This is to be seen.
  asm volatile("");
}

// Memory for much text that stays at its place, in large pages where there is much of it.

/// Each piece lies behind the one before; all are given back together.
using TextMemory = std::unique_ptr<std::pmr::monotonic_buffer_resource>;

TextMemory make_text_memory();

}  // namespace offcirc
