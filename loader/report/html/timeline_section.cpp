#include "loader/report/html/timeline_section.hpp"

#include <fmt/format.h>

#include "loader/report/html/timeline_svg.hpp"

namespace offcirc {
namespace {

void write_legend(HtmlWriter& out) {
  out.open("ul", {{"class", "legend"}, {"aria-hidden", "true"}});
  const auto entry = [&](std::string_view kind, std::string_view words) {
    out.open("li");
    out.element("span", "", {{"class", kind}});
    out.text(words);
    out.close();
  };
  entry("swatch loaded", "loaded");
  entry("swatch follow-up", "loaded, with something to do");
  entry("swatch rejected", "not loaded");
  out.close();
  out.newline();
}

std::string remark_on(const Timeline& timeline) {
  std::string text = fmt::format("One bar is {}; the highest is {} transaction{}.", bucket_width(timeline),
                                 timeline.highest, timeline.highest == 1 ? "" : "s");
  if (timeline.wrong_time_count > 0)
    text += fmt::format(" {} more {} refused for a time that can't be right, and {} not in the picture.",
                        timeline.wrong_time_count, timeline.wrong_time_count == 1 ? "was" : "were",
                        timeline.wrong_time_count == 1 ? "is" : "are");
  return text;
}

void write_row(HtmlWriter& out, const Timeline& timeline, const TimelineLane& lane, std::size_t bucket) {
  const TimelineCounts& counts = lane.buckets[bucket];
  if (counts.sum() == 0) return;
  out.open("tr");
  out.element("th", lane_name(lane), {{"scope", "row"}});
  out.element("td", bucket_date(timeline, bucket) + " " + bucket_time(timeline, bucket));
  for (const std::uint64_t count : {counts.loaded, counts.follow_up, counts.rejected})
    out.element("td", fmt::format("{}", count), {{"class", "count"}});
  out.close();
  out.newline();
}

void write_table(HtmlWriter& out, const Timeline& timeline) {
  out.open("details");
  out.element("summary", "The same numbers as a table");
  out.open("table", {{"class", "numbers"}});
  out.element("caption", "Transactions by station and time", {{"class", "unseen"}});
  out.open("thead");
  out.open("tr");
  for (const std::string_view heading : {timeline.by_station ? "Station" : "Library", "From"})
    out.element("th", heading, {{"scope", "col"}});
  for (const std::string_view heading : {"Loaded", "With something to do", "Not loaded"})
    out.element("th", heading, {{"scope", "col"}, {"class", "count"}});
  out.close();
  out.close();
  out.newline();
  out.open("tbody");
  out.newline();
  for (const TimelineLane& lane : timeline.lanes)
    for (std::size_t bucket = 0; bucket < lane.buckets.size(); ++bucket) write_row(out, timeline, lane, bucket);
  for (int element = 0; element < 3; ++element) out.close();
  out.newline();
}

}  // namespace

void write_timeline(HtmlWriter& out, const Timeline& timeline) {
  if (timeline.bucket_count == 0) return;
  out.open("section", {{"class", "timeline"}});
  out.element("h2", "Timeline");
  out.newline();
  out.open("figure");
  write_legend(out);
  // People who scroll with the keyboard have to be able to reach a picture that is wider than their screen.
  out.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", "Timeline"}});
  write_timeline_svg(out, timeline);
  out.close();
  out.element("figcaption", remark_on(timeline));
  out.close();
  out.newline();
  write_table(out, timeline);
  out.close();
  out.newline();
}

}  // namespace offcirc
