// The timeline of an outage as a picture, and as a table for those who can't see it.
#pragma once

#include "loader/report/html/writer.hpp"
#include "loader/report/timeline.hpp"

namespace offcirc {

/// Nothing where there is nothing to show.
void write_timeline(HtmlWriter& out, const Timeline& timeline);

}  // namespace offcirc
