#include "cli/standard_output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/terminal.hpp"
#include "loader/report/page.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/text.hpp"

namespace offcirc {
namespace {

// Narrower than this the tables of a report could not be read.
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
