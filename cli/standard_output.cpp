#include "cli/standard_output.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace offcirc {

void StandardOutput::write(std::string_view text) {
  if (m_error != 0 || text.empty()) return;
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) m_error = errno != 0 ? errno : EIO;
}

ExitStatus StandardOutput::finish(const Console& console, std::string_view consequence, ExitStatus failed) {
  errno = 0;
  if (m_error == 0 && std::fflush(stdout) != 0) m_error = errno != 0 ? errno : EIO;
  if (m_error == 0) return ExitStatus::done;
  if (m_error != EPIPE) {
    console.error(fmt::format("Standard output can't be written: {}.{}{}", std::strerror(m_error),
                              consequence.empty() ? "" : " ", consequence));
  }
  return failed;
}

}  // namespace offcirc
