// What the program says to people: sentences on standard error, so that results have standard output for themselves.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "cli/progress/progress_bar.hpp"

namespace offcirc {

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

}  // namespace offcirc
