// Moves logs to a folder once their load is in the database, so that the next load does not read them again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/model/batch.hpp"

namespace offcirc {

/// What became of the files of a load.
struct ArchiveOutcome {
  std::uint64_t moved = 0;
  std::uint64_t unread = 0;           ///< not moved, since they were not read completely: the report says why
  std::vector<std::string> stay;      ///< sentences: why others were not moved, although nothing is wrong
  std::vector<std::string> failures;  ///< sentences: what could not be moved, and why
};

class LogArchive {
 public:
  /// Makes the folder if there is none. Throws RunError if it can't be written, or if one of `paths`, those of the
  /// load, is in it or is standard input: a load whose logs could not be moved should not begin. A folder that was made
  /// here is removed again if nothing is moved.
  LogArchive(std::filesystem::path folder, const std::vector<std::string>& paths);
  LogArchive(const LogArchive&) = delete;
  LogArchive& operator=(const LogArchive&) = delete;
  ~LogArchive();

  /// Moves each file to the path that it has below the folder that was given for the load; a file directly in that
  /// folder goes to the folder of its library. If the name is taken, appends the next free number. A file that was
  /// written to after it was read is not moved.
  /// \pre the load of `batch` is durable
  ArchiveOutcome move(const Batch& batch);

 private:
  void move_file(const BatchFile& file, const std::string& library, ArchiveOutcome& outcome) const;

  std::filesystem::path m_folder;
  bool m_made = false;
};

}  // namespace offcirc
