// The timeline of an outage as a picture, and as a table for those who can't see it.
#pragma once

#include "loader/report/html/writer.hpp"
#include "loader/report/timeline.hpp"

namespace offcirc {

// Draws the timeline of an outage: a lane for each station, a bar for each quarter of an hour.

/// One `svg` element that needs the page's style sheet for its colours. What became of a transaction shows without
/// colours too: what is to follow up is hatched, what was rejected has a cross above it.
/// \pre the timeline has buckets.
void write_timeline_svg(HtmlWriter& out, const Timeline& timeline);

/// `OSH 0201, 13:15 on 2026-06-12: 9 loaded, 1 with something to do, 2 not loaded`
std::string bucket_sentence(const Timeline& timeline, const TimelineLane& lane, std::size_t bucket);

/// Nothing where there is nothing to show.
void write_timeline(HtmlWriter& out, const Timeline& timeline);

}  // namespace offcirc
