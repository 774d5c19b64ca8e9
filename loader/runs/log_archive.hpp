// A folder to which logs are moved once their load is in the database, so that the next load does not meet them again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/model/batch.hpp"

namespace offcirc {

/// What became of the logs of a load..
struct ArchiveOutcome {
  std::uint64_t moved = 0;
  std::uint64_t unread = 0;           ///< stay, since not all of them was read: the report says why
  std::vector<std::string> stay;      ///< sentences: why others stay, though nothing is wrong
  std::vector<std::string> failures;  ///< sentences: what could not be moved, and why
};

class LogArchive {
 public:
  /// Makes the folder where there is none, so that a load whose logs could not be moved does not begin. RunError where
  /// it can't be written, or where one of `paths`, those of the load, lies in it or is standard input. A folder that it
  /// made goes away again if nothing is moved.
  LogArchive(std::filesystem::path folder, const std::vector<std::string>& paths);
  LogArchive(const LogArchive&) = delete;
  LogArchive& operator=(const LogArchive&) = delete;
  ~LogArchive();

  /// To the path that each has below the folder that was given for the load, one that lies in no folder there to the
  /// folder of its library; where that name is taken, to the next free one with a number. What was written to since it
  /// was read stays. \pre the load of `batch` is durable
  ArchiveOutcome move(const Batch& batch);

 private:
  void move_file(const BatchFile& file, const std::string& library, ArchiveOutcome& outcome) const;

  std::filesystem::path m_folder;
  bool m_made = false;
};

}  // namespace offcirc
