#include "cli/progress/wiped_on_signal.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "cli/progress/progress_line.hpp"

namespace offcirc {
namespace {

volatile std::sig_atomic_t is_drawn = 0;

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    // If the terminal is gone, nobody needs the progress.
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Calls only async-signal-safe functions. SA_RESETHAND has restored the default action, so the raised signal ends the
// program as soon as this returns.
void wipe_and_end(int signal) {
  if (is_drawn != 0) write_all(k_wipe_line);
  std::raise(signal);
}

// Leaves signals alone that are ignored, as nohup does with SIGHUP.
void wipe_before_the_end() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action = {};
    action.sa_handler = wipe_and_end;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace

void write_progress(std::string_view text) {
  static const bool is_ready = (wipe_before_the_end(), true);
  static_cast<void>(is_ready);
  is_drawn = 1;
  write_all(text);
}

void wipe_progress() {
  if (is_drawn == 0) return;
  write_all(k_wipe_line);
  is_drawn = 0;
}

}  // namespace offcirc
