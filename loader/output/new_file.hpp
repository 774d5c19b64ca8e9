// A file that appears under its name only when it is whole and on the disk.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace offcirc {

// Files that do not have their final name yet. A run that is killed leaves none of them behind, or only ones that the
// next run removes.

/// Opens a file in `folder` that has no name and disappears with the process. Returns -1 and sets errno if it can't, if
/// the file system has no such files, or if link_unnamed() would not work.
int open_unnamed(const std::filesystem::path& folder);

/// Gives such a file its name. Returns false and sets errno if it can't, or if the name is taken.
bool link_unnamed(int descriptor, const std::filesystem::path& path);

/// Locks such a file and gives it a temporary name in `folder`, which is returned. Returns an empty name and sets errno
/// if it can't.
std::string link_unnamed_temporarily(int descriptor, const std::filesystem::path& folder);

struct TemporaryFile {
  int descriptor = -1;  ///< -1, with errno set, if the file can't be made
  std::string name;
};

/// Makes and locks a file in `folder` with a temporary name. Only its owner may read it.
TemporaryFile make_temporary(const std::filesystem::path& folder);

/// Removes temporary files that killed runs of this user have left in `folder`. Those of runs that are still going are
/// locked, and stay. Looks into each folder once in the life of the process.
void remove_leftovers(const std::filesystem::path& folder);

/// A file that gets its name when it is kept, and is removed otherwise. It is opened at once in the folder of `path`,
/// so that a folder that can't be written is noticed before the work begins. Until it is kept it has no name, or a
/// temporary one if the file system has no files without names. Only its owner may read it, since reports name users,
/// but if it replaces a file, it takes over that file's permissions.
class NewFile {
 public:
  enum class Replace { no, yes };

  /// Throws RunError if no file can be made in the folder, or if what is to be replaced is not a regular file: a
  /// device, a pipe, a socket, a folder, or a link, whatever it points to.
  NewFile(std::filesystem::path path, Replace replace);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&& other) noexcept;
  ~NewFile();

  /// Throws RunError on a full disk and the like.
  void write(std::string_view text);
  /// Gives the file the permissions and times of another, and its owner if that is allowed. Throws RunError if it
  /// can't.
  void make_like(const struct stat& other);
  /// Writes the file to the disk and gives it its name. Throws RunError if it can't or, with Replace::no, if the name
  /// is taken.
  void keep();

 private:
  void check_replaceable() const;
  void take_permissions();
  void replace();
  void appear();
  [[noreturn]] void fail() const;

  std::filesystem::path m_path;
  Replace m_replace;
  std::string m_temporary;  // empty: it has no name yet
  int m_descriptor = -1;
};

/// Writes the names in `folder` to the disk; an empty path means the current folder. Returns false and sets errno if it
/// can't.
bool sync_folder(const std::filesystem::path& folder);

/// Throws RunError if no file can be made in `folder`. It tries this with a file without a name if the system has
/// those, so that a failing disk leaves nothing behind.
void require_writable(const std::filesystem::path& folder);

/// Makes `folder` if it does not exist, and returns whether it did. Throws RunError if it can't, or if something else
/// has that name.
bool make_folder(const std::filesystem::path& folder);

}  // namespace offcirc
