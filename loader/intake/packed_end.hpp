// Whether anything is outside of what is packed, where no reader looks: lines appended to a compressed file, a log in
// front of a zip, a second archive joined to the first, a tar that stops before its end mark. Nothing of an upload may
// be passed over silently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loader/intake/packing.hpp"

namespace offcirc {

/// A sentence without the name of the file; nullopt where all is as it should be.
using EndTrouble = std::optional<std::string>;

/// How a whole file is packed: by its first bytes, or as a zip with something in front of it.
Packing packing_of_file(std::string_view bytes);

/// How many bytes belong to the compressed streams that `packed` begins with. All of it where they are damaged or cut,
/// expand to more than `max_bytes`, or are of a compression whose end libarchive finds itself (gzip, bzip2) or nobody
/// can find (compress).
std::size_t end_of_streams(std::string_view packed, std::uint64_t max_bytes);

/// `rest` are the bytes after the end of the compressed stream that `packed` begins with. Zeros are padding.
EndTrouble compressed_end_trouble(std::string_view packed, std::string_view rest);

/// Of a whole zip: bytes in front of its first member or after its end.
EndTrouble zip_end_trouble(std::string_view zip);

/// Something packed that was joined to the end of a plain log.
struct PackedTail {
  std::size_t begin = 0;  ///< where it begins; the log is before it
  std::string trouble;
};

/// nullopt where nothing in `log` is packed beyond doubt. \pre packing_of_file(log) == Packing::none
std::optional<PackedTail> packed_tail_of(std::string_view log, std::uint64_t max_bytes);

}  // namespace offcirc
