// The beginning of the HTML report: what became of all records, and what there is to do at each library.
#pragma once

#include <string>

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

void write_html_summary(HtmlWriter& out, const Report& report, const SortedReport& sorted);

/// `library-OSH`; `no-library` where the code is empty. What addresses of the report end with, behind `#`.
std::string html_id_of(const LibraryPart& part);
/// `OSH - Oshkosh Public Library`, `OSH`, `No library`.
std::string html_name_of(const LibraryPart& part);

/// Whether the report says anything of it: an empty file of which no library is known has nothing to say.
bool is_shown(const LibraryPart& part);

}  // namespace offcirc
