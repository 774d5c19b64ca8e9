// Takes the logs out of an archive, or the one log out of a compressed file, into memory and nowhere else.
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
  std::string path;  ///< below the archive; empty: the log of a compressed file, or the archive itself has a trouble
  LogBytes bytes;    ///< written when the archive says, where it does
  std::optional<std::string> trouble;  ///< a sentence, where it is not to be read; then there are no bytes
};

/// What of a log is shown to the formats: its first 64 KiB.
inline constexpr std::size_t k_head_bytes = 64 * 1024;

struct ExpandLimits {
  std::uint64_t max_bytes = 0;  ///< of all members together
  std::size_t max_members = 10'000;
  /// Of what does not begin like a log only that beginning is given, its first 64 KiB and a little.
  std::function<bool(std::string_view head)> may_be_log = [](std::string_view) { return true; };
  std::string encoding;  ///< of names that are not UTF-8, in archives that do not say
};

/// All logs of a file that is packed, in the order of the archive; hidden ones and folders are left out. A member that
/// can't be read to its end, is a link, is packed once more, or has a name that leads elsewhere has a trouble, and the
/// others are read. In place of all, a sentence that says why there are none: no archive, none that is read, or one
/// that would expand to more than the limits.
std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits);

}  // namespace offcirc
