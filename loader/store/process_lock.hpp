// Sees to it that only one process at a time writes a database, or sends its mail, and says who does.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "loader/progress.hpp"
#include "loader/store/events.hpp"

namespace offcirc {

/// Held from construction to destruction; the system lets go of it when the process ends, however it ends. It stands on
/// a file beside the database, which stays, and in which the holder writes who it is.
class ProcessLock {
 public:
  enum class Of : std::uint8_t {
    writing,  ///< the file ends in `-lock`
    mailing,  ///< in `-mail`
  };

  /// RunError, which names the holder, where another process has it for longer than `wait_seconds`; likewise where the
  /// file can't be made. `progress` hears of the waiting.
  ProcessLock(const std::filesystem::path& database, Of of, int wait_seconds, const Invocation& who,
              Progress& progress = Progress::nobody());
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;
  ~ProcessLock();

  /// Of `wait_seconds`, what was not needed.
  [[nodiscard]] int seconds_left() const;

 private:
  void open(const std::filesystem::path& database);
  bool take();
  void sign(const Invocation& who) const;
  [[noreturn]] void fail(int error, const char* what) const;

  std::string m_file;
  int m_descriptor = -1;
  std::chrono::steady_clock::time_point m_deadline;
};

}  // namespace offcirc
