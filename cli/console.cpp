#include "cli/console.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool terminal_wants_color() {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return ::isatty(STDERR_FILENO) == 1 && !dumb && !is_set("NO_COLOR");
}

/// File names can hold what a terminal would obey, so all but the line breaks is made visible.
void print(std::string_view text, bool red) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += red ? "\x1b[31m" + visible(text.substr(0, end)) + "\x1b[0m\n" : visible(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  // Nobody is left to tell when standard error itself fails; the exit status still says it.
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

}  // namespace

void Console::error(std::string_view sentences) const {
  print(sentences, m_color == Color::always || (m_color == Color::automatic && terminal_wants_color()));
}

void Console::note(std::string_view sentences) const {
  if (!m_quiet) print(sentences, false);
}

}  // namespace offcirc
