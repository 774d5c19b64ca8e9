#include <doctest/doctest.h>

#include "loader/report/html/timeline.hpp"
#include "loader/report/timeline.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

constexpr Seconds k_hour = 3600;

/// A checkout at OSH so many seconds after 10:12:31, in a zone five hours behind UTC.
ReportResult at(Seconds seconds, std::string_view station = "0201", Disposition disposition = Disposition::loaded) {
  ReportResult result = checkout(1);
  result.occurred_at = k_morning + seconds;
  result.station = station;
  result.disposition = disposition;
  return result;
}

Timeline timeline_of(ReportResults results) {
  Report report = empty_report();
  report.results = std::move(results);
  return make_timeline(report, five_hours_behind());
}

/// `2 1 0`: loaded, to follow up, rejected.
std::string counts_of(const Timeline& timeline, std::size_t lane, std::size_t bucket) {
  const TimelineCounts& counts = timeline.lanes.at(lane).buckets.at(bucket);
  return std::to_string(counts.loaded) + " " + std::to_string(counts.follow_up) + " " + std::to_string(counts.rejected);
}

}  // namespace

TEST_CASE("transactions are counted by station and quarter of an hour, in local time") {
  const Timeline timeline =
      timeline_of({at(0), at(60, "0202", Disposition::rejected), at(148), at(149),
                   at(150, "0201", Disposition::follow_up), at(1049, "0201", Disposition::rejected)});
  CHECK(timeline.bucket_count == 3);
  CHECK(timeline.lanes.size() == 2);
  CHECK(lane_name(timeline.lanes[0]) == "OSH 0201");
  CHECK(lane_name(timeline.lanes[1]) == "OSH 0202");
  CHECK(counts_of(timeline, 0, 0) == "2 0 0");
  CHECK(counts_of(timeline, 0, 1) == "1 1 0");
  CHECK(counts_of(timeline, 0, 2) == "0 0 1");
  CHECK(counts_of(timeline, 1, 0) == "0 0 1");
  CHECK(timeline.highest == 2);
  CHECK(bucket_date(timeline, 0) == "2026-06-12");
  CHECK(bucket_time(timeline, 0) == "10:00");
  CHECK(bucket_time(timeline, 2) == "10:30");
  CHECK(bucket_sentence(timeline, timeline.lanes[0], 1) == "OSH 0201, 10:15 on 2026-06-12: 1 loaded, 1 to follow up");
}

TEST_CASE("a label that is too long is shortened, with the full text in its tooltip") {
  const auto label_of = [](const std::string& station) {
    const Timeline timeline = timeline_of({at(0, station)});
    const std::string svg = written([&](const TextSink& sink) {
      BlockWriter out(sink);
      HtmlWriter html(out);
      write_timeline_svg(html, timeline);
      out.finish();
    });
    const std::size_t begin = svg.find("<text class=\"lane-label\"");
    return svg.substr(begin, svg.find("</text>", begin) - begin);
  };
  CHECK(label_of("0201") == R"(<text class="lane-label" x="80" y="38"><title>OSH 0201</title>OSH 0201)");
  const std::string fits(22, 'x');
  CHECK(label_of(fits).ends_with("</title>OSH " + fits));
  CHECK(label_of(fits + "yz") ==
        R"(<text class="lane-label" x="248" y="38"><title>OSH )" + fits + "yz</title>OSH " + fits.substr(1) + "\u2026");
  // Wide letters fit half as often; escaped bytes are as wide as they look.
  std::string wide, shown;
  for (int i = 0; i < 20; ++i) wide += "\u5ddd";
  for (int i = 0; i < 10; ++i) shown += "\u5ddd";
  CHECK(label_of(wide).ends_with("</title>OSH " + shown + "\u2026"));
  CHECK(label_of("\x1b\x1b\x1b\x1b\x1b\x1b")
            .ends_with(R"(</title>OSH \x1b\x1b\x1b\x1b\x1b\)"
                       "\u2026"));
}

TEST_CASE("results without a time, with an impossible time, or already loaded are not in the picture") {
  ReportResult unreadable = at(0, "0201", Disposition::unreadable);
  unreadable.occurred_at = k_no_time;
  const ReportResult old = with_outcome(at(-700 * k_hour), Disposition::rejected, Outcome::too_old, "Too old");
  ReportResult ahead = at(5 * k_hour, "0201", Disposition::rejected);
  ahead.notes = {note(Outcome::clock_ahead, "Ahead")};
  const Timeline timeline = timeline_of({unreadable, old, ahead, at(0, "0201", Disposition::already_loaded), at(60)});
  CHECK(timeline.wrong_time_count == 2);
  CHECK(timeline.bucket_count == 1);
  CHECK(counts_of(timeline, 0, 0) == "1 0 0");
  CHECK(timeline_of({old}).bucket_count == 0);

  const ReportResult accepted = with_outcome(at(-700 * k_hour), Disposition::follow_up, Outcome::too_old, "Too old");
  CHECK(timeline_of({accepted}).bucket_count == 1);
}

TEST_CASE("a longer outage has wider buckets") {
  const auto width = [](Seconds hours) { return bucket_width(timeline_of({at(0), at(hours * k_hour)})); };
  CHECK(width(0) == "15 minutes");
  CHECK(width(23) == "15 minutes");
  CHECK(width(25) == "30 minutes");
  CHECK(width(49) == "1 hour");
  CHECK(width(100) == "2 hours");
  CHECK(width(500) == "6 hours");
  CHECK(width(24 * 90) == "1 day");
  CHECK(width(24 * 100) == "2 days");
  const Timeline long_one = timeline_of({at(0), at(24 * 3650 * k_hour)});
  CHECK(long_one.bucket_count <= 96);
  CHECK(bucket_time(long_one, 0) == "00:00");
}

TEST_CASE("many stations share their library's lane") {
  std::vector<std::string> names;
  for (int station = 100; station < 133; ++station) names.push_back(std::to_string(station));
  ReportResults results;
  for (const std::string& name : names) results.push_back(at(0, name));
  const Timeline timeline = timeline_of(results);
  CHECK(!timeline.by_station);
  CHECK(timeline.lanes.size() == 1);
  CHECK(lane_name(timeline.lanes[0]) == "OSH");
  CHECK(counts_of(timeline, 0, 0) == "33 0 0");
  results.pop_back();
  CHECK(timeline_of(results).lanes.size() == 32);
  ReportResult nowhere = at(0, "");
  nowhere.library = "";
  CHECK(lane_name(timeline_of({nowhere}).lanes[0]) == "no library");
}
