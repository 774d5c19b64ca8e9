// What the members of an archive are called: which of them are logs, and which names nobody honest gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

/// As a path below the archive: with `/` between its parts, without `.` and empty parts, in UTF-8. `backslashes`: a
/// name without a `/` has them in its place (old programs for Windows). What is not UTF-8 is taken for `encoding`.
std::string member_path(std::string_view name, bool backslashes, const std::string& encoding);

/// A hidden file, or one that macOS adds: left out as in a folder.
bool is_left_out(std::string_view path);

/// Why a member of such a name is refused: it leads out of the archive, or names a device. Nothing is ever written by
/// these names; whoever packed them means no good.
std::optional<std::string> name_trouble(std::string_view name);

}  // namespace offcirc
