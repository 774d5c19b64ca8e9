// What the reader of the HTML report chooses rows with: words, a library, a reason, and what is not yet done.
#pragma once

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

/// Hidden until the page's script can make it work.
void write_html_tools(HtmlWriter& out, const SortedReport& sorted);

}  // namespace offcirc
