#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace offcirc {

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
  // Without a terminal of its own, a program has no background either.
  return group < 0 || group == ::getpgrp();
}

}  // namespace offcirc
