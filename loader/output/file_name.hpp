// Names of files that are made from codes and names which others have chosen.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// `text` with each byte that is no letter, digit, `-` or `_` as `%2F`: a name that any system takes, and that leads
/// into no other folder.
std::string safe_in_file_name(std::string_view text);

}  // namespace offcirc
