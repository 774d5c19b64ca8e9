// Whether anything is outside of what is packed, where no reader looks: lines appended to a compressed file, a
// second archive joined to the first, a tar that stops before its end mark. Nothing of an upload may be passed over
// silently.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

/// A sentence without the name of the file; nullopt where all is as it should be.
using EndTrouble = std::optional<std::string>;

/// `rest` are the bytes after the end of the compressed stream that `packed` begins with. Zeros are padding.
EndTrouble compressed_end_trouble(std::string_view packed, std::string_view rest);

/// Of a whole zip: bytes in front of its first member or after its end.
EndTrouble zip_end_trouble(std::string_view zip);

/// Of a tar that has been read to its end; `last_block` are its last 512 bytes.
EndTrouble tar_end_trouble(std::string_view last_block);

inline constexpr std::size_t k_tar_block_bytes = 512;

/// The last block of a tar within what is compressed; empty where it can't be read, or is longer than `max_bytes`.
std::string last_block_within(std::string_view compressed, std::uint64_t max_bytes);

}  // namespace offcirc
