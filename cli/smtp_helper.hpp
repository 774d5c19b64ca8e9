// Finds the helper program that talks to mail servers.
#pragma once

#include <filesystem>

namespace offcirc {

/// In the folder that OFFCIRC_LIBEXEC names, else beside this program, else where it is installed. The last of these
/// where there is none.
std::filesystem::path find_smtp_helper();

}  // namespace offcirc
