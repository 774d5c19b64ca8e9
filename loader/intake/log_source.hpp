// Finds the logs of a load: the files that were named and all that are below the folders that were.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace offcirc {

struct FoundLog {
  std::string path;    ///< as named, or the folder's path with `/` and names behind it; `-` for standard input
  bool named = false;  ///< on the command line: then trouble with it stops the run
  std::optional<std::string> trouble;  ///< a sentence, where it is clear already that it can't be read
};

/// In bytewise order of path, each real file once, whatever links and arguments lead to it: under the path with
/// the fewest links, of several under the first. A folder that links lead back to is walked once. Below a folder, names
/// that begin with a dot are left out, and what is no file and no folder is trouble.
std::vector<FoundLog> find_logs(const std::vector<std::string>& paths);

}  // namespace offcirc
