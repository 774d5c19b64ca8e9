// What kind of archive a file is, and which of its members are logs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

// Tells by its first bytes how a file is packed, so that a plain log is read as it is.

enum class Packing : std::uint8_t {
  none,
  compressed,  ///< gzip, zstd, compress, bzip2 or xz: one log, or a tar
  zip,
  tar,
};

/// By so much of its beginning, or all of it where it is shorter.
inline constexpr std::size_t k_packing_head_bytes = 512;

/// Where a tar says `ustar`.
inline constexpr std::size_t k_tar_magic_at = 257;

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

// What the members of an archive are called: which of them are logs, and which names nobody honest gives.

/// As a path below the archive: with `/` between its parts, without `.` and empty parts, in UTF-8. `backslashes`: a
/// name without a `/` has them in its place (old programs for Windows). What is not UTF-8 is taken for `encoding`.
std::string member_path(std::string_view name, bool backslashes, const std::string& encoding);

/// A hidden file, or one that macOS adds: left out as in a folder.
bool is_left_out(std::string_view path);

/// Why a member of such a name is refused: it leads out of the archive, or names a device. Nothing is ever written by
/// these names; whoever packed them means no good.
std::optional<std::string> name_trouble(std::string_view name);

// Whether a gzip file is undamaged: its checksums, which libarchive does not look at.

enum class GzipState : std::uint8_t {
  right,     ///< or no gzip file
  cut,       ///< it ends before its checksum; what is there may be right
  damaged,   ///< not of the checksum or the length that it promises, or no gzip file at some place
  too_long,  ///< longer than the limit; not looked at any further
};

/// `max_bytes`: of all that it expands to.
GzipState look_through_gzip(std::string_view bytes, std::uint64_t max_bytes);

}  // namespace offcirc
