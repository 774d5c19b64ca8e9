// Clears the progress line when a signal such as Ctrl-C ends the program.
#pragma once

#include <string_view>

namespace offcirc {

/// Draws on standard error. The first call installs handlers that clear the line before SIGINT, SIGTERM, SIGHUP or
/// SIGQUIT ends the program.
void write_progress(std::string_view text);
/// Clears the line if something is drawn.
void wipe_progress();

}  // namespace offcirc
