// Finds the logs among the paths of a load, and reads their files.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/intake/log_bytes.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

// A file that is read as a log: a regular file, a pipe, or standard input.

/// The most bytes that one file, pipe or standard input may have.
inline constexpr std::size_t k_max_file_bytes = std::size_t{4} << 30;

/// A sentence for an errno: `can't be read: Permission denied. Check who may read it.`
std::string reading_trouble(int error);

/// The bytes, or a sentence that says why there are none.
using BytesOrTrouble = std::variant<LogBytes, std::string>;

class LogFile {
 public:
  /// Opens `path`; `-` is standard input. Without `may_stream`, only a regular file is opened, and opening never waits.
  /// With it, a pipe, a terminal or another character device is opened too. Returns a sentence that says why the file
  /// can't be opened otherwise.
  static std::variant<LogFile, std::string> open(const std::string& path, bool may_stream);

  /// Reads to the end, even if the file has grown since it was opened. To be called once.
  BytesOrTrouble read(std::size_t max_bytes = k_max_file_bytes);

  /// When the file was last modified, UTC; nullopt if it is not a regular file.
  [[nodiscard]] std::optional<Seconds> written_at() const;
  /// What the file was when it was opened; nullopt if it is not a regular file.
  [[nodiscard]] std::optional<FileMark> mark() const { return mark_of(m_status); }
  /// Whether something wrote to the file since it was opened; always false if it is not a regular file.
  [[nodiscard]] bool has_changed() const;

 private:
  struct Close {
    void operator()(const int* descriptor) const;
  };

  [[nodiscard]] LogBytes finish(GrowingBytes read) const;

  explicit LogFile(int descriptor) : m_descriptor(new int(descriptor)) {}

  std::unique_ptr<int, Close> m_descriptor;
  struct stat m_status {};
};

// Finds the logs of a load: the files that were named, and all files below the folders that were named.

struct FoundLog {
  std::string path;    ///< as named, or as the named folder followed by `/` and names; `-` for standard input
  std::string below;   ///< its path below the folder that was named; its name if the file itself was named
  bool named = false;  ///< on the command line, so that trouble with it stops the run
  std::optional<std::string> trouble;  ///< a sentence, if it is already clear that it can't be read
};

/// Returns the logs in bytewise order of path. Each real file is found once, however many links and arguments lead to
/// it: under the path with the fewest links, or the first of several. A folder that links lead back to is walked once.
/// Below a folder, names that begin with a dot are left out, and anything that is neither a file nor a folder gets a
/// trouble. The contents of the folder `leave_out` are not found, whatever leads there; if it is empty, nothing is left
/// out. Throws RunError if there are more than `max_files`.
std::vector<FoundLog> find_logs(const std::vector<std::string>& paths, const std::string& leave_out = {},
                                std::size_t max_files = k_max_load_files);

}  // namespace offcirc
