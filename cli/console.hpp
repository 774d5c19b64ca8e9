// What the program shows: results on standard output, sentences on standard error, and the exit status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/progress/progress_line.hpp"

namespace offcirc {

// What the program's exit status says: three values, the same for every command, never a count.

enum class ExitStatus : int {
  done = 0,         ///< everything was loaded, written, or found in order
  incomplete = 1,   ///< it ran, and something was rejected, unreadable, or failed after the load was durable
  did_not_run = 2,  ///< it did not run and changed nothing
};

/// Of a run in which something failed: incomplete after its commit, else did_not_run.
ExitStatus failed_status();

// What the terminal can do that the program talks to.

/// A terminal on which one can go back and write over what is there: TERM is not `dumb`.
bool is_able_terminal(int descriptor);

/// How wide it is; 80 where it does not say.
std::size_t columns_of_terminal(int descriptor);

/// False while a shell lets the program run in the background: the line is the shell's then.
bool is_in_foreground(int descriptor);

// What the program says to people: sentences on standard error, so that results have standard output for themselves.

struct Summary;

class Console {
 public:
  enum class Color : std::uint8_t { automatic, always, never };

  /// automatic: where standard error is a terminal, TERM is not `dumb`, and NO_COLOR is not set.
  void set_color(Color color) { m_color = color; }
  void set_quiet(bool quiet) { m_quiet = quiet; }

  // What a file name could do to a terminal is shown as `\x1b`.

  /// Whole sentences about what went wrong; printed even with --quiet.
  void error(std::string_view sentences) const;
  /// Whole sentences about what was done; not printed with --quiet.
  void note(std::string_view sentences) const;
  /// What a load came to: in colours, and as wide as the terminal, where standard error is one. With --quiet only what
  /// is bad: cron mails what it is told, and keeps silent where all went well.
  void note(const Summary& summary) const;

  /// Shows how far a run has come, where standard error is a terminal. Wiped off before anything is said.
  Progress& begin_progress(const StageShares& shares);
  /// Before anything else is written to the terminal.
  void end_progress() const;

 private:
  void print(const std::string& text) const;
  [[nodiscard]] bool wants_color() const;

  std::unique_ptr<ProgressBar> m_progress;
  Color m_color = Color::automatic;
  bool m_quiet = false;
};

// Standard output, where results go: everything written to it arrives, or the exit status says that it did not.

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
  /// Sends what is still buffered. `done` where all has arrived; otherwise tells the operator why not, followed by
  /// `consequence`, and returns failed_status(). A reader that went away (`| head`) has seen enough: nothing is said
  /// then.
  [[nodiscard]] ExitStatus finish(const Console& console, std::string_view consequence = {});

 private:
  int m_error = 0;  // errno of the first failure
};

}  // namespace offcirc
