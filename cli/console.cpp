#include "cli/console.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "cli/progress/wiped_on_signal.hpp"
#include "loader/commit_point.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/page.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/summary.hpp"

namespace offcirc {

ExitStatus failed_status() {
  return CommitPoint::is_passed() ? ExitStatus::incomplete : ExitStatus::did_not_run;
}

bool is_able_terminal(int descriptor) {
  if (::isatty(descriptor) != 1) return false;
  const char* kind = std::getenv("TERM");
  return kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
}

std::size_t columns_of_terminal(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

bool is_in_foreground(int descriptor) {
  const pid_t group = ::tcgetpgrp(descriptor);
  // A program without a controlling terminal (tcgetpgrp fails) can't be in its background.
  return group < 0 || group == ::getpgrp();
}

namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

/// Shows control characters other than line breaks as visible text, because file names can contain terminal escapes.
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
  // If standard error itself fails, there is no place left to report it; the exit status still does.
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

namespace {

// The tables of a report would be unreadable in fewer columns.
constexpr std::size_t k_narrowest = 40;

}  // namespace

void StandardOutput::write(std::string_view text) {
  if (m_error != 0 || text.empty()) return;
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) m_error = errno != 0 ? errno : EIO;
}

void StandardOutput::write(const Rendering& rendering, const Report& report, const Zone& zone) {
  const TextSink sink = [this](std::string_view text) { write(text); };
  const bool is_for_the_screen = rendering.name == renderings().front().name && ::isatty(STDOUT_FILENO) == 1;
  if (is_for_the_screen) {
    write_text(report, zone, std::clamp(columns_of_terminal(STDOUT_FILENO), k_narrowest, Page::k_columns), sink);
  } else {
    rendering.write(report, zone, sink);
  }
}

ExitStatus StandardOutput::finish(const Console& console, std::string_view consequence) {
  errno = 0;
  if (m_error == 0 && std::fflush(stdout) != 0) m_error = errno != 0 ? errno : EIO;
  if (m_error == 0) return ExitStatus::done;
  if (m_error != EPIPE) {
    console.error(fmt::format("Standard output can't be written: {}.{}{}", std::strerror(m_error),
                              consequence.empty() ? "" : " ", consequence));
  }
  return failed_status();
}

}  // namespace offcirc
