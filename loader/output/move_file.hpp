// Names of files, and moving a file so that it is whole and on the disk under one of two names.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace offcirc {

// Names of files that are made from codes and names which others have chosen.

/// `text` with each byte that is no letter, digit, `-` or `_` as `%2F`: a name that any system takes, and that leads
/// into no other folder.
std::string safe_in_file_name(std::string_view text);

// Moves a file to another name so that it is whole and on the disk under one of the two, whatever happens.

enum class Moved {
  yes,
  name_is_taken,  ///< something is called `to`: nothing was done
  has_changed,    ///< `is_same` said no: the file is at `from`
  is_gone,        ///< there is nothing at `from` any more
};

/// Never over another file. `is_same` looks at the file before and after. A copy, where the two names are on different
/// disks, keeps time and permissions. RunError where it can't be moved; the file is at `from` then.
Moved move_file(const std::filesystem::path& from, const std::filesystem::path& to,
                const std::function<bool(const struct stat&)>& is_same);

}  // namespace offcirc
