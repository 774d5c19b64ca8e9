// Checks whether a tar has its end mark, and whether anything comes after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loader/intake/packed_end.hpp"

namespace offcirc {

/// Reports a missing end mark. `last_block` is the last 512 bytes of a tar that has been read to its end.
EndTrouble tar_end_trouble(std::string_view last_block);

inline constexpr std::size_t k_tar_block_bytes = 512;

/// The last block of a compressed tar; empty if it can't be read or expands to more than `max_bytes`.
std::string last_block_within(std::string_view compressed, std::uint64_t max_bytes);

/// Data after the end mark of a tar that is not another tar.
struct TarTail {
  std::uint64_t end_mark = 0;  ///< offset of the end mark in the tar; all members come before it
  std::string trouble;         ///< a sentence that says how much data it is
};

/// The tail of a plain or compressed tar; nullopt if nothing follows the end mark, or if the mark can't be found within
/// `max_bytes` of expanded data.
std::optional<TarTail> tail_of_tar(std::string_view packed, bool is_compressed, std::uint64_t max_bytes);

/// True if `bytes` begins with a tar header whose checksum is right.
bool begins_tar(std::string_view bytes);

}  // namespace offcirc
