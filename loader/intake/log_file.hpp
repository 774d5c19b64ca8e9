// A file that is opened to be read as a log: a regular file, a pipe, or standard input.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "formats/stamp.hpp"
#include "loader/intake/file_mark.hpp"
#include "loader/intake/log_bytes.hpp"

namespace offcirc {

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

}  // namespace offcirc
