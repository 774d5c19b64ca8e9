// Finds the logs of a load: the files that were named and all that are below the folders that were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/intake/load_limits.hpp"

namespace offcirc {

struct FoundLog {
  std::string path;    ///< as named, or the folder's path with `/` and names behind it; `-` for standard input
  std::string below;   ///< its path below the folder that was named; its name where it was named itself
  bool named = false;  ///< on the command line: then trouble with it stops the run
  std::optional<std::string> trouble;  ///< a sentence, where it is clear already that it can't be read
};

/// In bytewise order of path, each real file once, whatever links and arguments lead to it: under the path with
/// the fewest links, of several under the first. A folder that links lead back to is walked once. Below a folder, names
/// that begin with a dot are left out, and what is no file and no folder is trouble. What lies in the folder
/// `leave_out` is not found, whatever leads there; empty: there is none. RunError where there are more than
/// `max_files`.
std::vector<FoundLog> find_logs(const std::vector<std::string>& paths, const std::string& leave_out = {},
                                std::size_t max_files = k_max_load_files);

}  // namespace offcirc
