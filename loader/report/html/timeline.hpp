// Draws the timeline of an outage as a picture, and as a table for readers who can't see the picture.
#pragma once

#include "loader/report/html/writer.hpp"
#include "loader/report/timeline.hpp"

namespace offcirc {

/// Writes one `svg` element with a lane per station or library and a bar per bucket. The page's style sheet gives it
/// its colors, but it can be read without them: results to follow up are hatched, and rejected ones have a cross above.
/// \pre the timeline has buckets.
void write_timeline_svg(HtmlWriter& out, const Timeline& timeline);

/// `OSH 0201, 13:15 on 2026-06-12: 9 loaded, 1 to follow up, 2 not loaded`
std::string bucket_sentence(const Timeline& timeline, const TimelineLane& lane, std::size_t bucket);

/// Writes picture and table, or nothing if the timeline has no buckets.
void write_timeline(HtmlWriter& out, const Timeline& timeline);

}  // namespace offcirc
