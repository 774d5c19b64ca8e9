// Standard output, where results go: everything written to it arrives, or the exit status says that it did not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/console.hpp"
#include "cli/exit_status.hpp"

namespace offcirc {

class Zone;
struct Rendering;
struct Report;

/// What `-o FILE` means where it is not given, or is `-`.
inline bool is_standard_output(std::string_view file) {
  return file.empty() || file == "-";
}

class StandardOutput {
 public:
  /// After the first error nothing more is written.
  void write(std::string_view text);
  /// A report in this form. As text it is at most as wide as the terminal that it goes to.
  void write(const Rendering& rendering, const Report& report, const Zone& zone);
  /// Sends what is still buffered. `done` where all has arrived; otherwise tells the operator why not, with
  /// `consequence` behind it, and returns `failed`. A reader that went away (`| head`) has seen enough: nothing is said
  /// then.
  [[nodiscard]] ExitStatus finish(const Console& console, std::string_view consequence = {},
                                  ExitStatus failed = ExitStatus::did_not_run);

 private:
  int m_error = 0;  // errno of the first failure
};

}  // namespace offcirc
