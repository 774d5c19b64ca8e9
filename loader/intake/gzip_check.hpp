// Whether a gzip file is undamaged: its checksums, which libarchive does not look at.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc {

enum class GzipState : std::uint8_t {
  right,     ///< or no gzip file
  cut,       ///< it ends before its checksum; what is there may be right
  damaged,   ///< not of the checksum or the length that it promises, or no gzip file at some place
  too_long,  ///< longer than the limit; not looked at any further
};

/// `max_bytes`: of all that it expands to.
GzipState look_through_gzip(std::string_view bytes, std::uint64_t max_bytes);

}  // namespace offcirc
