// Tells by its first bytes how a file is packed, so that a plain log is read as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

enum class Packing : std::uint8_t {
  none,
  compressed,  ///< gzip, zstd, compress, bzip2 or xz: one log, or a tar
  zip,
  tar,
};

/// By so much of its beginning, or all of it where it is shorter.
inline constexpr std::size_t k_packing_head_bytes = 512;

/// Of a file that begins with `head`.
Packing packing_of(std::string_view head);

inline constexpr std::string_view k_document_trouble =
    "is a spreadsheet or another document. Save it as CSV (UTF-8) and load that.";

/// Why a file that begins with `head` can't be read at all, though one sees what it is: another archive, a spreadsheet.
std::optional<std::string> foreign_file_trouble(std::string_view head);

/// How many members a zip says at its end that it has; 0 where the end is missing, or says it elsewhere (zip64).
std::size_t promised_members(std::string_view zip);

/// `OSH/standlog.0201` of `OSH/standlog.0201.gz`; what has no such ending stays as it is.
std::string_view without_compression_ending(std::string_view name);

/// `OSH` of `OSH.tar.gz` and `OSH.zip`; likewise.
std::string_view without_packing_endings(std::string_view name);

/// `upload.zip`, `OSH.tar.gz`, `OSH.tgz`: called like an archive, upper or lower case.
bool is_called_like_archive(std::string_view name);

}  // namespace offcirc
