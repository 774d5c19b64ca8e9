// The report as a page for a browser: one file that needs nothing else, neither network nor program.
#pragma once

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// HTML in UTF-8, with the same sections as the text and a timeline of the outage. Its style sheet and its script are
/// in it, and the page forbids every other: nothing in a log can become a script, a link or a picture. Times are local
/// to `zone`; characters that would steer are shown as `\x1b`. Throws what `sink` throws.
void write_html(const Report& report, const Zone& zone, const TextSink& sink);

}  // namespace offcirc
