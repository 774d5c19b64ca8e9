// The report for people: what was not loaded, what is to be done, and what was loaded, library by library.
#pragma once

#include <string>

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// 80 columns of UTF-8 text, to be read and printed. Times are local to `zone`. What would steer a terminal is shown
/// as `\x1b`. Throws what `sink` throws.
void write_text(const Report& report, const Zone& zone, const TextSink& sink);

/// A few lines for the terminal: `Load 42: 240 lines: 200 loaded, 12 to follow up, ...`, logs that could not be read,
/// and stations that have not uploaded. Ends without a newline.
std::string summary_text(const Report& report);

}  // namespace offcirc
