// Runs another program to its end: gives it its input, takes its output, and does not wait for ever.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

struct ChildResult {
  bool could_run = true;   ///< false: there is no such program, or it may not be run
  bool timed_out = false;  ///< it was ended
  int exit_status = 0;     ///< -1 where a signal ended it
  std::string output;      ///< standard output and standard error, the first 64 KiB

  [[nodiscard]] bool succeeded() const { return could_run && !timed_out && exit_status == 0; }
};

/// Runs the program of that path, `command[0]`, without a shell. It does not outlive this process, and it does not see
/// the password that the environment may have. RunError where the system can't start another process.
ChildResult run_child(const std::vector<std::string>& command, std::string_view input, int timeout_seconds);

}  // namespace offcirc
