// The report for people: what was not loaded, what is to be done, and what was loaded, library by library.
#pragma once

#include <cstddef>

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// UTF-8 text, to be read and printed, of 80 columns as every file has it. Times are local to `zone`. What would steer
/// a terminal is shown as `\x1b`. Throws what `sink` throws.
void write_text(const Report& report, const Zone& zone, const TextSink& sink);
/// The same as wide as a terminal of at least 40 columns.
void write_text(const Report& report, const Zone& zone, std::size_t columns, const TextSink& sink);

}  // namespace offcirc
