// Memory from the system, in its pages.
#pragma once

#include <cstddef>

namespace offcirc {

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

}  // namespace offcirc
