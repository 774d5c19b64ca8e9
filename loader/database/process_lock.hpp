// One process at a time writes a database or sends its mail: the lock, its holder, and the trace a run leaves.
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

// The trace that everything but a load leaves in the database: who ran what, when, and what came of it.

/// One call of the program.
struct Invocation {
  Seconds at = 0;  ///< UTC
  std::string operator_name;
  std::string command;  ///< with its arguments
  std::string program_version;
};

/// `what` is a sentence. In a database transaction of the caller.
void write_event(const Database& database, const Invocation& invocation, std::string_view what);

// What the holder of a lock writes into its file, and how it is named to somebody who finds the lock taken.

/// The text of the file of a lock that process `pid` of machine `host` holds since then (UTC, by the real clock,
/// whatever --now says).
std::string lock_text(const Invocation& holder, Seconds since, pid_t pid, std::string_view host);

/// `process 4711 of alice, for 2 minutes: offcirc load logs`; the machine too where it is not `host`. Empty where the
/// text is none, or of a process that has ended. `now` is UTC.
std::string name_of_holder(std::string_view text, Seconds now, std::string_view host);

/// What this machine is called.
std::string host_name();

// Sees to it that only one process at a time writes a database, or sends its mail, and says who does.

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
