// Files on their way to their name, of which a run that is killed leaves nothing behind, or only what the next run
// removes.
#pragma once

#include <filesystem>
#include <string>

namespace offcirc {

/// A file in `folder` that has no name and is gone with the process. -1, and errno, where its file system has no such
/// files, or link_unnamed() would not work.
int open_unnamed(const std::filesystem::path& folder);

/// Gives such a file its name; false, and errno, where it can't, or something of that name is there.
bool link_unnamed(int descriptor, const std::filesystem::path& path);

/// The same under a temporary name in `folder`, which is returned; empty, and errno, where it can't.
std::string link_unnamed_temporarily(int descriptor, const std::filesystem::path& folder);

struct TemporaryFile {
  int descriptor = -1;  ///< -1, and errno, where it can't be made
  std::string name;
};

/// A file in `folder` under a temporary name. Readable by its owner only.
TemporaryFile make_temporary(const std::filesystem::path& folder);

/// Removes temporary files in `folder` that killed runs of this user have left. Those of runs that go on are locked by
/// them, and stay. Looks into each folder once in the life of the process.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace offcirc
