#include "loader/report/html/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "loader/output/characters.hpp"

namespace offcirc {

namespace {

// Lengths in units of the picture, which the page scales to its width.
constexpr double k_width = 1000;
constexpr double k_character_width = 9;
constexpr double k_label_gap = 20;  // the sum of the gaps on both sides of a label
constexpr double k_narrowest_label = 72, k_widest_label = 260;
constexpr double k_right = 8;
constexpr double k_lane_height = 46;
constexpr double k_bar_height = 30;  // of the highest bar; leaves room for the cross above it
constexpr double k_axis_height = 40;
constexpr double k_min_bar_height = 2.5;  // makes one transaction among hundreds visible
constexpr double k_widest_bar = 28;
constexpr std::size_t k_max_ticks = 12;

struct Drawing {
  HtmlWriter& out;
  const Timeline& timeline;
  double label_width;

  [[nodiscard]] double bucket_width() const {
    return (k_width - label_width - k_right) / static_cast<double>(timeline.bucket_count);
  }
  [[nodiscard]] double left_of(std::size_t bucket) const {
    return label_width + static_cast<double>(bucket) * bucket_width();
  }
  [[nodiscard]] double lanes_height() const { return k_lane_height * static_cast<double>(timeline.lanes.size()); }
  [[nodiscard]] double height() const { return lanes_height() + k_axis_height; }
  [[nodiscard]] double height_of(std::uint64_t count) const {
    const double height = static_cast<double>(count) / static_cast<double>(timeline.highest) * k_bar_height;
    return count == 0 ? 0 : std::max(height, k_min_bar_height);
  }
};

// Counts East Asian characters, from U+1100 on, as twice as wide as others.
double width_in_picture(char32_t code_point) {
  return code_point < 0x1100 ? k_character_width : 2 * k_character_width;
}

// The beginning of `text` that fits into `room`, and its width.
std::pair<std::string_view, double> beginning_of(std::string_view text, double room) {
  double width = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const Character character = first_character(text.substr(bytes));
    const double more = width_in_picture(character.code_point);
    if (width + more > room) break;
    width += more;
    bytes += character.bytes;
  }
  return {text.substr(0, bytes), width};
}

double label_width_of(const Timeline& timeline) {
  double longest = 0;
  for (const TimelineLane& lane : timeline.lanes)
    longest = std::max(longest, beginning_of(visible(lane_name(lane)), k_widest_label).second);
  return std::clamp(longest + k_label_gap, k_narrowest_label, k_widest_label);
}

// Labels are right-aligned, so a longer one would begin outside the picture.
std::string shortened_label(std::string_view name) {
  const std::string shown = visible(name);
  const std::string_view all = beginning_of(shown, k_widest_label - k_label_gap).first;
  if (all.size() == shown.size()) return shown;
  return fmt::format("{}\u2026", beginning_of(shown, k_widest_label - k_label_gap - k_character_width).first);
}

std::string number(double value) {
  return fmt::format("{:g}", value);
}

void write_line(const Drawing& drawing, std::string_view kind, std::array<double, 4> ends) {
  drawing.out.shape("line", {{"class", kind},
                             {"x1", number(ends[0])},
                             {"y1", number(ends[1])},
                             {"x2", number(ends[2])},
                             {"y2", number(ends[3])}});
}

void write_label(const Drawing& drawing, std::string_view kind, double x, double y, std::string_view text) {
  drawing.out.element("text", text, {{"class", kind}, {"x", number(x)}, {"y", number(y)}});
}

// The smallest round step that gives no more ticks than can be read.
std::size_t buckets_per_tick(const Timeline& timeline) {
  for (const std::size_t step : {1, 2, 4, 8, 12, 16, 24})
    if (timeline.bucket_count / step <= k_max_ticks) return step;
  return timeline.bucket_count;
}

void write_axis(const Drawing& drawing) {
  const Timeline& timeline = drawing.timeline;
  const double bottom = drawing.lanes_height();
  const auto step = static_cast<Seconds>(buckets_per_tick(timeline));
  const Seconds first = timeline.begins_at / timeline.bucket_seconds;
  std::string date;
  for (std::size_t bucket = 0; bucket < timeline.bucket_count; ++bucket) {
    if ((first + static_cast<Seconds>(bucket)) % step != 0) continue;
    const double x = drawing.left_of(bucket);
    write_line(drawing, "tick", {x, 0, x, bottom + 4});
    write_label(drawing, "tick-label", x, bottom + 18, bucket_time(timeline, bucket));
    if (bucket_date(timeline, bucket) == date) continue;
    date = bucket_date(timeline, bucket);
    write_label(drawing, "tick-label date", x, bottom + 34, date);
  }
}

// The cross makes rejected transactions visible without colors.
void write_cross(const Drawing& drawing, double x, double y) {
  constexpr double k_arm = 3.2;
  drawing.out.shape("path", {{"class", "cross"},
                             {"d", fmt::format("M{:g} {:g}l{:g} {:g}m0 {:g}l{:g} {:g}", x - k_arm, y - k_arm, 2 * k_arm,
                                               2 * k_arm, -2 * k_arm, -2 * k_arm, 2 * k_arm)}});
}

struct Box {
  double x, y, width, height;
};

void write_box(const Drawing& drawing, HtmlAttribute look, const Box& box) {
  drawing.out.shape(
      "rect",
      {look, {"x", number(box.x)}, {"y", number(box.y)}, {"width", number(box.width)}, {"height", number(box.height)}});
}

void write_bar(const Drawing& drawing, const TimelineLane& lane, std::size_t bucket, double bottom) {
  const TimelineCounts& counts = lane.buckets[bucket];
  if (counts.sum() == 0) return;
  const double room = drawing.bucket_width();
  Box box{0, bottom, std::min(room - std::min(2.0, room / 4), k_widest_bar), 0};
  box.x = drawing.left_of(bucket) + (room - box.width) / 2;
  const auto stack = [&](std::uint64_t count, const HtmlAttribute& look) {
    if (count == 0) return;
    box.height = drawing.height_of(count);
    box.y -= box.height;
    write_box(drawing, look, box);
  };
  drawing.out.open("g");
  drawing.out.element("title", bucket_sentence(drawing.timeline, lane, bucket));
  stack(counts.loaded, {"class", "bar loaded"});
  stack(counts.follow_up, {"fill", "url(#hatch)"});
  stack(counts.rejected, {"class", "bar rejected"});
  if (counts.rejected > 0) write_cross(drawing, box.x + box.width / 2, box.y - 6);
  drawing.out.close();
}

void write_lane(const Drawing& drawing, const TimelineLane& lane, double top) {
  const double bottom = top + k_lane_height - 2;
  drawing.out.open("text",
                   {{"class", "lane-label"}, {"x", number(drawing.label_width - 12)}, {"y", number(bottom - 6)}});
  drawing.out.element("title", lane_name(lane));
  drawing.out.text(shortened_label(lane_name(lane)));
  drawing.out.close();
  write_line(drawing, "lane-line", {drawing.label_width, bottom, k_width - k_right, bottom});
  for (std::size_t bucket = 0; bucket < lane.buckets.size(); ++bucket) write_bar(drawing, lane, bucket, bottom);
  drawing.out.newline();
}

void write_hatch(HtmlWriter& out) {
  out.open("defs");
  out.open("pattern", {{"id", "hatch"},
                       {"width", "5"},
                       {"height", "5"},
                       {"patternUnits", "userSpaceOnUse"},
                       {"patternTransform", "rotate(45)"}});
  out.shape("rect", {{"class", "hatch-ground"}, {"width", "5"}, {"height", "5"}});
  out.shape("line", {{"class", "hatch-line"}, {"x1", "0"}, {"y1", "0"}, {"x2", "0"}, {"y2", "5"}});
  out.close();
  out.close();
}

std::string description(const Timeline& timeline) {
  const auto moment = [&](std::size_t bucket) {
    return fmt::format("{} {}", bucket_date(timeline, bucket), bucket_time(timeline, bucket));
  };
  return fmt::format(
      "One lane for each {}, from {} to {}. Each bar counts the transactions of {}. The table below has the same "
      "numbers.",
      timeline.by_station ? "workstation" : "library", moment(0), moment(timeline.bucket_count),
      bucket_width(timeline));
}

}  // namespace

std::string bucket_sentence(const Timeline& timeline, const TimelineLane& lane, std::size_t bucket) {
  const TimelineCounts& counts = lane.buckets[bucket];
  std::string text = fmt::format("{}, {} on {}: {} loaded", lane_name(lane), bucket_time(timeline, bucket),
                                 bucket_date(timeline, bucket), counts.loaded);
  if (counts.follow_up > 0) text += fmt::format(", {} to follow up", counts.follow_up);
  if (counts.rejected > 0) text += fmt::format(", {} not loaded", counts.rejected);
  return text;
}

void write_timeline_svg(HtmlWriter& out, const Timeline& timeline) {
  const Drawing drawing{out, timeline, label_width_of(timeline)};
  out.open("svg", {{"viewBox", fmt::format("0 0 {} {}", number(k_width), number(drawing.height()))},
                   {"role", "img"},
                   {"aria-labelledby", "timeline-title timeline-description"}});
  out.element("title", "Transactions by workstation and time", {{"id", "timeline-title"}});
  out.element("desc", description(timeline), {{"id", "timeline-description"}});
  write_hatch(out);
  out.newline();
  write_axis(drawing);
  out.newline();
  double top = 0;
  for (const TimelineLane& lane : timeline.lanes) {
    write_lane(drawing, lane, top);
    top += k_lane_height;
  }
  out.close();
  out.newline();
}

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
  entry("swatch follow-up", "loaded, follow-up needed");
  entry("swatch rejected", "not loaded");
  out.close();
  out.newline();
}

std::string remark_on(const Timeline& timeline) {
  std::string text = fmt::format("Each bar covers {}; the highest has {} transaction{}.", bucket_width(timeline),
                                 timeline.highest, timeline.highest == 1 ? "" : "s");
  if (timeline.wrong_time_count > 0)
    text +=
        fmt::format(" {} more {} rejected for a time that can't be right, and {} not shown.", timeline.wrong_time_count,
                    timeline.wrong_time_count == 1 ? "was" : "were", timeline.wrong_time_count == 1 ? "is" : "are");
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
  out.element("summary", "Show the numbers as a table");
  out.open("table", {{"class", "numbers"}});
  out.element("caption", "Transactions by workstation and time", {{"class", "unseen"}});
  out.open("thead");
  out.open("tr");
  for (const std::string_view heading : {timeline.by_station ? "Workstation" : "Library", "Time"})
    out.element("th", heading, {{"scope", "col"}});
  for (const std::string_view heading : {"Loaded", "Follow-up", "Not loaded"})
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
  // tabindex lets people scroll with the keyboard when the picture is wider than their screen.
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
