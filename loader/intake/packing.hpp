// Tells how a file is packed, and which members of an archive are logs.
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

/// How many bytes of a file's beginning packing_of() needs; the whole file if it is shorter.
inline constexpr std::size_t k_packing_head_bytes = 512;

/// Offset of the `ustar` signature in a tar.
inline constexpr std::size_t k_tar_magic_at = 257;

/// How a file that begins with `head` is packed, judged by its signature.
Packing packing_of(std::string_view head);

inline constexpr std::string_view k_document_trouble =
    "is a spreadsheet or another document. Save it as CSV (UTF-8) and load that.";

/// Why a file that begins with `head` can't be read although its type is known: another kind of archive, a spreadsheet.
std::optional<std::string> foreign_file_trouble(std::string_view head);

/// How many members a zip has according to its end record; 0 if that record is missing or the number is elsewhere
/// (zip64).
std::size_t promised_members(std::string_view zip);

/// `OSH/standlog.0201` for `OSH/standlog.0201.gz`; a name without such an ending stays as it is.
std::string_view without_compression_ending(std::string_view name);

/// `OSH` for `OSH.tar.gz` and `OSH.zip`; a name without such an ending stays as it is.
std::string_view without_packing_endings(std::string_view name);

/// True for a name that ends like an archive's, in upper or lower case: `upload.zip`, `OSH.tar.gz`, `OSH.tgz`.
bool is_called_like_archive(std::string_view name);

// Names of archive members: which of them are logs, and which are refused.

/// The path of a member below the archive, in UTF-8, with `/` between its parts and without `.` and empty parts. With
/// `backslashes`, a name without any `/` is split at backslashes, which old Windows programs write. A name that is not
/// UTF-8 is decoded from `encoding`.
std::string member_path(std::string_view name, bool backslashes, const std::string& encoding);

/// True for a hidden file or one that macOS adds. These are left out, as hidden files in a folder are.
bool is_left_out(std::string_view path);

/// Why a member with that name is refused: it has no name, or one that leads out of the archive or belongs to a device.
/// Nothing is ever written under these names, but whoever packed them was up to no good.
std::optional<std::string> name_trouble(std::string_view name);

// Checks a gzip file's checksums, which libarchive ignores.

enum class GzipState : std::uint8_t {
  right,     ///< undamaged, or not a gzip file
  cut,       ///< ends before its checksum; what is there may be right
  damaged,   ///< does not match its checksum or length, or is not valid gzip data
  too_long,  ///< expands to more than the limit; not checked any further
};

/// `max_bytes` limits the expanded size of the whole file.
GzipState look_through_gzip(std::string_view bytes, std::uint64_t max_bytes);

}  // namespace offcirc
