// Hashes short texts, such as IDs, for hash tables in memory. Compiled inline, since calling the library would take
// longer than hashing a barcode.
#pragma once

#define XXH_INLINE_ALL  // before xxhash.h
#include <xxhash.h>

#include <cstdint>
#include <string_view>

namespace offcirc {

/// Differs between versions of the library, so it is never stored.
inline std::uint32_t text_hash(std::string_view text) {
  return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
}

}  // namespace offcirc
