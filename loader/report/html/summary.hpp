// The top of the HTML report: the summary, and the tools that filter rows.
#pragma once

#include <string>

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

/// Writes the totals of the load, and a table of counts by library.
void write_html_summary(HtmlWriter& out, const Report& report, const SortedReport& sorted);

/// The `id` of the library's section, to which links lead: `library-OSH`, or `no-library` if the code is empty.
std::string html_id_of(const LibraryPart& part);
/// `OSH - Osprey Harbor Public Library`, `OSH`, or `No library`.
std::string html_name_of(const LibraryPart& part);

/// Whether the report shows this part. Only an empty part without a library is left out, such as that of an empty log.
bool is_shown(const LibraryPart& part);

/// Writes the filters: words, library, reason, action, and hiding what is done; also the progress of the ticks. They
/// stay hidden until the page's script runs.
void write_html_tools(HtmlWriter& out, const SortedReport& sorted);

}  // namespace offcirc
