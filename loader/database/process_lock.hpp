// The lock that lets only one process at a time write a database or send its mail, the name of its holder, and the
// event that a run records in the database.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/progress.hpp"

namespace offcirc {

/// One run of the program: who ran what, and when.
struct Invocation {
  Seconds at = 0;  ///< UTC
  std::string operator_name;
  std::string command;  ///< with its arguments
  std::string program_version;
};

/// Records in the database what a run other than a load has done; `what` is a sentence. Call inside a database
/// transaction.
void write_event(const Database& database, const Invocation& invocation, std::string_view what);

/// The text of the lock file while process `pid` on machine `host` holds the lock. `since` is UTC by the system clock,
/// regardless of --now.
std::string lock_text(const Invocation& holder, Seconds since, pid_t pid, std::string_view host);

/// Describes the holder: `process 4711 of alice, for 2 minutes: offcirc load logs`, with the machine if it is not
/// `host`. Empty if `text` is not a complete lock text, or if its process has ended. `now` is UTC.
std::string name_of_holder(std::string_view text, Seconds now, std::string_view host);

/// The name of this machine; empty if it is unknown.
std::string host_name();

/// Held from construction to destruction. The system releases the lock when the process ends, no matter how. The lock
/// is on a file next to the database, which is never deleted, and into which the holder writes who it is.
class ProcessLock {
 public:
  enum class Of : std::uint8_t {
    writing,  ///< the lock file's name ends in `-lock`
    mailing,  ///< the lock file's name ends in `-mail`
  };

  /// Waits for the lock, and reports the wait to `progress`. RunError, which names the holder, if another process still
  /// holds it after `wait_seconds`. RunError if the lock file can't be opened or created.
  ProcessLock(const std::filesystem::path& database, Of of, int wait_seconds, const Invocation& who,
              Progress& progress = Progress::nobody());
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;
  ~ProcessLock();

  /// What is left of `wait_seconds` now, at least 0.
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
