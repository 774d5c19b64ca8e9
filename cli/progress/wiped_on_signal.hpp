// Leaves a clean line behind when the operator ends the program while its progress stands there.
#pragma once

#include <string_view>

namespace offcirc {

/// Writes to standard error, and sees to it that Ctrl-C and the like wipe the line before they end the program.
void write_progress(std::string_view text);
/// Wipes it now.
void wipe_progress();

}  // namespace offcirc
