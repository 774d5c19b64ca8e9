// Whether a tar has its end mark, and whether anything comes after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loader/intake/packed_end.hpp"

namespace offcirc {

/// Of a tar that has been read to its end; `last_block` are its last 512 bytes.
EndTrouble tar_end_trouble(std::string_view last_block);

inline constexpr std::size_t k_tar_block_bytes = 512;

/// The last block of a tar within what is compressed; empty where it can't be read, or is longer than `max_bytes`.
std::string last_block_within(std::string_view compressed, std::uint64_t max_bytes);

/// What comes after the end mark of a tar, and is none.
struct TarTail {
  std::uint64_t end_mark = 0;  ///< where the end mark begins in the tar: all members are before it
  std::string trouble;         ///< a sentence that names how much it is
};

/// Of a tar, or of one that is compressed. nullopt where nothing is after the end mark, or the mark can't be found.
std::optional<TarTail> tail_of_tar(std::string_view packed, bool is_compressed, std::uint64_t max_bytes);

/// A header with its checksum.
bool begins_tar(std::string_view bytes);

}  // namespace offcirc
