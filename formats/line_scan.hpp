// Scans a line sixteen bytes at a time for its separators, and checks whether it is plain text. Reading a long log
// spends most of its time here.
#pragma once

#include <emmintrin.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#endif

namespace offcirc {

// GCC and Clang compile this to the vector instructions of the target processor.
using SixteenBytes [[gnu::vector_size(16)]] = std::uint8_t;

inline SixteenBytes sixteen_bytes_at(const char* place) {
  SixteenBytes bytes;
  std::memcpy(&bytes, place, sizeof bytes);
  return bytes;
}

inline SixteenBytes larger_of(SixteenBytes a, SixteenBytes b) {
  return a > b ? a : b;
}

/// The largest printable ASCII character, counted from the space.
inline constexpr std::uint8_t k_last_printable = 0x7E - 0x20;

inline SixteenBytes from_blank(SixteenBytes bytes) {
  constexpr std::uint8_t k_blank = 0x20;
  return bytes - k_blank;
}

inline bool any_above(SixteenBytes bytes, std::uint8_t limit) {
  const auto above = bytes > limit;
  std::array<std::uint64_t, 2> halves;
  static_assert(sizeof halves == sizeof above);
  std::memcpy(halves.data(), &above, sizeof above);
  return (halves[0] | halves[1]) != 0;
}

/// Returns one bit for each byte of `truth`, which holds 0 or 255 in each: set if it is not zero. The first byte gives
/// the lowest bit.
template <typename Truth>
std::uint32_t bits_of_truth(Truth truth) {
#ifdef __SSE2__
  __m128i lanes;
  std::memcpy(&lanes, &truth, sizeof lanes);
  return static_cast<std::uint32_t>(_mm_movemask_epi8(lanes));
#else
  std::uint32_t bits = 0;
  for (unsigned i = 0; i < sizeof truth; ++i) bits |= (truth[i] != 0 ? 1U : 0U) << i;
  return bits;
#endif
}

inline constexpr std::size_t k_block_bytes = 4 * sizeof(SixteenBytes);

/// Returns one bit for each of the 64 bytes at `place`: set if `is_match`, called with sixteen bytes at a time, matches
/// it.
template <typename IsMatch>
std::uint64_t bits_of_block(const char* place, IsMatch is_match) {
  // Written out, because the compiler does not unroll the loop.
  const auto bits_at = [&](unsigned part) {
    return std::uint64_t{bits_of_truth(is_match(sixteen_bytes_at(place + part)))} << part;
  };
  static_assert(k_block_bytes == 64);
  return bits_at(0) | bits_at(16) | bits_at(32) | bits_at(48);
}

/// Calls `visit` with the offset of each `separator` in `line`, in ascending order. Returns whether the line is
/// printable ASCII, that is, without control characters, tabs included.
template <typename Visit>
bool scan_line(std::string_view line, char separator, Visit visit) {
  SixteenBytes largest{};
  std::array<char, k_block_bytes> short_line;
  for (std::size_t at = 0; at < line.size(); at += k_block_bytes) {
    const std::size_t left = line.size() - at;
    const char* block = line.data() + at;
    std::size_t seen = 0;
    if (left < k_block_bytes && at > 0) {
      // The last block overlaps the one before it, so that nothing is read beyond the end of the line.
      seen = k_block_bytes - left;
      block -= seen;
    } else if (left < k_block_bytes) {
      short_line.fill(' ');
      std::memcpy(short_line.data(), block, left);
      block = short_line.data();
    }
    std::uint64_t bits = bits_of_block(block, [&](SixteenBytes bytes) {
      largest = larger_of(largest, from_blank(bytes));
      return bytes == static_cast<std::uint8_t>(separator);
    });
    for (bits >>= seen; bits != 0; bits &= bits - 1) visit(at + static_cast<std::size_t>(std::countr_zero(bits)));
  }
  return !any_above(largest, k_last_printable);
}

}  // namespace offcirc
