// Extracts the logs of an archive, or the one log of a compressed file, in memory only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loader/intake/log_bytes.hpp"

namespace offcirc {

/// One log of an archive.
struct Member {
  std::string path;  ///< below the archive; empty: the log of a compressed file, or a problem of the archive itself
  LogBytes bytes;    ///< with the modification time from the archive, if it has one
  std::optional<std::string> trouble;  ///< a sentence, if the member can't be read; then there are no bytes
};

/// How much of the beginning of a log the formats look at to recognize it: 64 KiB.
inline constexpr std::size_t k_head_bytes = 64 * 1024;

struct ExpandLimits {
  std::uint64_t max_bytes = 0;  ///< of all members together, unpacked
  std::size_t max_members = 10'000;
  /// If this returns false for the beginning of a member, only its first k_head_bytes + 1 bytes are returned.
  std::function<bool(std::string_view head)> may_be_log = [](std::string_view) { return true; };
  std::string encoding;  ///< of member names that are not UTF-8, except in zips, where they are in CP437
};

/// Returns all logs of a packed file in the order of the archive, without hidden files and folders. A member that can't
/// be read to its end, is a link, a device or encrypted, is packed once more, or has a refused name (name_trouble) gets
/// a trouble, and the others are read. Returns a sentence instead of the logs if the file is not an archive, is not one
/// that can be read, or expands to more than the limits.
std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits);

}  // namespace offcirc
