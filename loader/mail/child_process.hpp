// Runs another program with a given input and a timeout, and collects its output.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

struct ChildResult {
  bool could_run = true;   ///< false: the program does not exist or can't be executed
  bool timed_out = false;  ///< the program was killed
  int exit_status = 0;     ///< -1 if a signal ended it
  std::string output;      ///< standard output and standard error together, about the first 64 KiB

  [[nodiscard]] bool succeeded() const { return could_run && !timed_out && exit_status == 0; }
};

/// Runs the program at the path `command[0]`, without a shell. The program is killed if this process dies, and
/// OFFCIRC_SMTP_PASSWORD is removed from its environment. RunError if the system can't start another process.
ChildResult run_child(const std::vector<std::string>& command, std::string_view input, int timeout_seconds);

}  // namespace offcirc
