// One look at all bytes of a line: where its separators stand, and whether it is plain text.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "formats/byte_blocks.hpp"

namespace offcirc {

/// Calls `visit` with each place of `separator` in `line`, counted from 0, in ascending order. Returns whether the line
/// is printable ASCII: no control characters, tabs included.
template <typename Visit>
bool scan_line(std::string_view line, char separator, Visit visit) {
  SixteenBytes largest{};
  std::array<char, k_block_bytes> short_line;
  for (std::size_t at = 0; at < line.size(); at += k_block_bytes) {
    const std::size_t left = line.size() - at;
    const char* block = line.data() + at;
    std::size_t seen = 0;
    if (left < k_block_bytes && at > 0) {
      // The last block reaches back over what has been seen, so that nothing is read behind the line.
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
