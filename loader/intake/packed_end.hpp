// Finds data outside the packed part of a file, where no unpacker looks: lines appended to a compressed file, a log in
// front of a zip, a second archive appended to the first, a tar that stops before its end mark. No part of an upload
// may be skipped silently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loader/intake/packing.hpp"

namespace offcirc {

/// A sentence without the name of the file; nullopt if nothing is wrong.
using EndTrouble = std::optional<std::string>;

/// How a whole file is packed, judged by its first bytes; a zip with something in front of it is recognized too.
Packing packing_of_file(std::string_view bytes);

/// The length of the compressed streams that `packed` begins with. Returns the whole length if they are damaged, cut
/// short or expand to more than `max_bytes`, and for compressions whose end libarchive finds itself (gzip, bzip2) or
/// nobody can find (compress).
std::size_t end_of_streams(std::string_view packed, std::uint64_t max_bytes);

/// `rest` is what follows the end of the compressed stream that `packed` begins with. Zeros count as padding.
EndTrouble compressed_end_trouble(std::string_view packed, std::string_view rest);

/// Reports bytes in front of the first member of a zip or after its end, and an end that is missing or damaged. `zip`
/// is the whole file.
EndTrouble zip_end_trouble(std::string_view zip);

/// Packed data that was appended to a plain log.
struct PackedTail {
  std::size_t begin = 0;  ///< offset at which it begins and the log ends
  std::string trouble;
};

/// nullopt if nothing in `log` is certain to be packed. \pre packing_of_file(log) == Packing::none
std::optional<PackedTail> packed_tail_of(std::string_view log, std::uint64_t max_bytes);

}  // namespace offcirc
