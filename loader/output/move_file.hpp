// Makes safe file names, and moves a file so that it is always whole and on the disk under one of its two names.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace offcirc {

// File names made from codes and names that others have chosen.

/// Returns `text` with each byte other than a letter, digit, `-` or `_` written like `%2F`: a name that any system
/// accepts, and that does not lead into another folder.
std::string safe_in_file_name(std::string_view text);

enum class Moved {
  yes,
  name_is_taken,  ///< there is something at `to`: nothing was done
  has_changed,    ///< `is_same` returned false: the file is at `from`
  is_gone,        ///< there is nothing at `from` any more
};

/// Moves a file so that it is whole and on the disk under one of the two names, whatever happens. Never replaces
/// another file. `is_same` examines the file before and after the move. If the names are on different disks, the file
/// is copied with its times and permissions. Throws RunError if it can't be moved. The file is then still at `from`,
/// except if it changed during the move and can't be moved back, which the message says.
Moved move_file(const std::filesystem::path& from, const std::filesystem::path& to,
                const std::function<bool(const struct stat&)>& is_same);

}  // namespace offcirc
