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

// A file that is opened to be read as a log: a regular file, a pipe, or standard input.

/// What one file may hold, and a pipe or standard input give, at most.
inline constexpr std::size_t k_max_file_bytes = std::size_t{4} << 30;

/// `can't be read: Permission denied. Check who may read it.` of an errno.
std::string reading_trouble(int error);

/// The bytes, or a sentence that says why there are none.
using BytesOrTrouble = std::variant<LogBytes, std::string>;

class LogFile {
 public:
  /// `-` is standard input. Without `may_stream` only a regular file is opened (and nothing else waited for); with it
  /// a pipe, a terminal or another character device is too. Else a sentence that says why not.
  static std::variant<LogFile, std::string> open(const std::string& path, bool may_stream);

  /// Until the end, whatever size it was said to have; once.
  BytesOrTrouble read(std::size_t max_bytes = k_max_file_bytes);

  /// When it was last written to, UTC; nullopt where it is no regular file.
  [[nodiscard]] std::optional<Seconds> written_at() const;
  /// What it was when it was opened; nullopt likewise.
  [[nodiscard]] std::optional<FileMark> mark() const { return mark_of(m_status); }
  /// Somebody has written to it since it was opened. Never so where it is no regular file.
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

// Finds the logs of a load: the files that were named and all that are below the folders that were.

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
