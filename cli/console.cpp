#include "cli/console.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "cli/progress/wiped_on_signal.hpp"
#include "cli/terminal.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/summary_text.hpp"

namespace offcirc {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

/// File names can hold what a terminal would obey, so all but the line breaks is made visible.
std::string visible_lines(std::string_view text, bool red) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += red ? "\x1b[31m" + visible(text.substr(0, end)) + "\x1b[0m\n" : visible(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::chrono::milliseconds steady_time() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

bool Console::wants_color() const {
  if (m_color != Color::automatic) return m_color == Color::always;
  return is_able_terminal(STDERR_FILENO) && !is_set("NO_COLOR");
}

void Console::print(const std::string& lines) const {
  if (m_progress) m_progress->wipe();
  // Nobody is left to tell when standard error itself fails; the exit status still says it.
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

void Console::error(std::string_view sentences) const {
  print(visible_lines(sentences, wants_color()));
}

void Console::note(std::string_view sentences) const {
  if (!m_quiet) print(visible_lines(sentences, false));
}

void Console::note(const Summary& summary) const {
  const std::size_t columns = ::isatty(STDERR_FILENO) == 1 ? columns_of_terminal(STDERR_FILENO) : 0;
  Summary shown = summary;
  if (m_quiet) std::erase_if(shown.lines, [](const auto& line) { return line.front().tone != Tone::bad; });
  if (!shown.lines.empty()) print(summary_text(shown, columns, wants_color()));
}

Progress& Console::begin_progress(const StageShares& shares) {
  if (m_quiet || !is_able_terminal(STDERR_FILENO)) return Progress::nobody();
  ProgressScreen screen{write_progress, wipe_progress,
                        [] { return is_in_foreground(STDERR_FILENO) ? columns_of_terminal(STDERR_FILENO) : 0; },
                        steady_time};
  m_progress = std::make_unique<ProgressBar>(std::move(screen), shares);
  return *m_progress;
}

void Console::end_progress() const {
  if (m_progress) m_progress->finish();
}

}  // namespace offcirc
