// A file that appears under its name only when it is whole and on the disk.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace offcirc {

// Files on their way to their name, of which a run that is killed leaves nothing behind, or only what the next run
// removes.

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

/// Opened at once in the folder of `path`, so that a folder which can't be written is noticed before the work; without
/// a name, or under a temporary one where the file system does not know files without. Readable by its owner only
/// (reports name users), but where it takes the place of a file, by whom that one was. Removed again unless it is kept.
class NewFile {
 public:
  enum class Replace { no, yes };

  /// RunError where the folder does not let it, or where what is to be replaced is no file: a device, a pipe, a socket,
  /// a folder, or a link, whatever it points to.
  NewFile(std::filesystem::path path, Replace replace);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&& other) noexcept;
  ~NewFile();

  /// RunError on a full disk and the like; likewise keep().
  void write(std::string_view text);
  /// Gives it the permissions and the time of another; and its owner, where that is allowed.
  void make_like(const struct stat& other);
  /// Brings it to the disk and gives it its name. With Replace::no anything of that name is a RunError.
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

/// Brings the names in `folder` to the disk, an empty path being the current one; false, and errno, where it can't.
bool sync_folder(const std::filesystem::path& folder);

/// RunError where no file can be made in `folder`. Where the system can make one without a name, there is nothing that
/// a failing disk could leave behind.
void require_writable(const std::filesystem::path& folder);

/// Makes `folder` where there is none; returns whether it did. RunError where it can't, or something else has its name.
bool make_folder(const std::filesystem::path& folder);

}  // namespace offcirc
