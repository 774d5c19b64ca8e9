// Tells whether a file is still the one that was read, with nothing written to it since.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>

namespace offcirc {

struct FileMark {
  dev_t device = 0;
  ino_t number = 0;
  off_t size = 0;
  std::int64_t written_seconds = 0, written_nanoseconds = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// None of what is no regular file.
inline std::optional<FileMark> mark_of(const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return FileMark{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

}  // namespace offcirc
