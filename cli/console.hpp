// The program's output: results on standard output, messages on standard error, and the exit status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/progress/progress_line.hpp"

namespace offcirc {

/// The same three values for every command, never a count.
enum class ExitStatus : int {
  done = 0,         ///< everything was loaded, written, or found in order
  incomplete = 1,   ///< it ran, but something was rejected, was unreadable, or failed after the load was committed
  did_not_run = 2,  ///< it did not run and changed nothing
};

/// The status of a run in which something failed: incomplete after its commit, else did_not_run.
ExitStatus failed_status();

// What the terminal can do.

/// Whether this is a terminal that can overwrite its current line: TERM is set and not `dumb`.
bool is_able_terminal(int descriptor);

/// The width of the terminal; 80 if it is unknown.
std::size_t columns_of_terminal(int descriptor);

/// False while the shell runs the program in the background; the current line then belongs to the shell.
bool is_in_foreground(int descriptor);

struct Summary;

/// Messages to the operator. They go to standard error, so that standard output holds nothing but results.
class Console {
 public:
  enum class Color : std::uint8_t { automatic, always, never };

  /// automatic: color if standard error is a terminal, TERM is not `dumb`, and NO_COLOR is not set.
  void set_color(Color color) { m_color = color; }
  void set_quiet(bool quiet) { m_quiet = quiet; }

  // Control characters, which a file name can contain, are shown in the form `\x1b`.

  /// Prints whole sentences about what went wrong, even with --quiet.
  void error(std::string_view sentences) const;
  /// Prints whole sentences about what was done, but not with --quiet.
  void note(std::string_view sentences) const;
  /// Prints the summary of a load, in color and as wide as the terminal if standard error is one. With --quiet prints
  /// only what is bad, so that cron, which mails any output, sends no mail after a good load.
  void note(const Summary& summary) const;

  /// Starts the progress bar if standard error is a terminal. Messages wipe the bar before they are printed.
  Progress& begin_progress(const StageShares& shares);
  /// Wipes the bar for good. Call before anything else writes to the terminal.
  void end_progress() const;

 private:
  void print(const std::string& text) const;
  [[nodiscard]] bool wants_color() const;

  std::unique_ptr<ProgressBar> m_progress;
  Color m_color = Color::automatic;
  bool m_quiet = false;
};

class Zone;
struct Rendering;
struct Report;

/// Whether the value of `-o FILE` means standard output: not given, or `-`.
inline bool is_standard_output(std::string_view file) {
  return file.empty() || file == "-";
}

/// Standard output, for results. Remembers the first failed write, so that finish() can report it.
class StandardOutput {
 public:
  /// Writes nothing more after the first error.
  void write(std::string_view text);
  /// Writes a report. On a terminal, the text format is at most as wide as the terminal.
  void write(const Rendering& rendering, const Report& report, const Zone& zone);
  /// Flushes. Returns `done` if everything was written; otherwise prints the reason, followed by `consequence`, and
  /// returns failed_status(). Prints nothing if the reader closed the pipe (`| head`).
  [[nodiscard]] ExitStatus finish(const Console& console, std::string_view consequence = {});

 private:
  int m_error = 0;  // errno of the first failure
};

}  // namespace offcirc
