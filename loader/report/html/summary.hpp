// The top of the HTML report: the summary, and the tools with which rows are chosen.
#pragma once

#include <string>

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

// The beginning of the HTML report: what became of all records, and what there is to do at each library.

void write_html_summary(HtmlWriter& out, const Report& report, const SortedReport& sorted);

/// `library-OSH`; `no-library` where the code is empty. What addresses of the report end with, behind `#`.
std::string html_id_of(const LibraryPart& part);
/// `OSH - Oshkosh Public Library`, `OSH`, `No library`.
std::string html_name_of(const LibraryPart& part);

/// Whether the report says anything of it: an empty file of which no library is known has nothing to say.
bool is_shown(const LibraryPart& part);

// What the reader of the HTML report chooses rows with: words, a library, a reason, and what is not yet done.

/// Hidden until the page's script can make it work.
void write_html_tools(HtmlWriter& out, const SortedReport& sorted);

}  // namespace offcirc
