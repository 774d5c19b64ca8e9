#include "loader/report/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_max_buckets = 96;  // a day of quarter hours
constexpr std::size_t k_max_lanes = 32;

constexpr Seconds k_minute = 60;
constexpr Seconds k_hour = 60 * k_minute;
constexpr std::array<Seconds, 8> k_widths{15 * k_minute, 30 * k_minute, k_hour,      2 * k_hour,
                                          3 * k_hour,    6 * k_hour,    12 * k_hour, 24 * k_hour};

bool has_wrong_time(const ReportResult& result) {
  return result.disposition == Disposition::rejected &&
         (has_found(result, Outcome::too_old) || has_found(result, Outcome::clock_ahead));
}

// The time of an unreadable record may be wrong by years.
bool belongs_in(const ReportResult& result) {
  return result.occurred_at != k_no_time && result.disposition != Disposition::already_loaded &&
         result.disposition != Disposition::unreadable && result.disposition != Disposition::not_done;
}

/// What the timeline needs of a result.
struct Shown {
  std::string_view library, station;
  Seconds civil;
  Disposition disposition;
};

std::vector<Shown> results_to_show(const Report& report, const Zone& zone, Timeline& timeline) {
  std::vector<Shown> results;
  for (const ReportResult& result : report.results) {
    if (!belongs_in(result)) continue;
    if (has_wrong_time(result)) {
      ++timeline.wrong_time_count;
    } else {
      results.push_back({result.library, result.station, zone.to_civil(result.occurred_at), result.disposition});
    }
  }
  return results;
}

Seconds floor_to(Seconds time, Seconds width) {
  const Seconds rest = time % width;
  return time - (rest < 0 ? rest + width : rest);
}

void choose_buckets(Timeline& timeline, Seconds first, Seconds last) {
  const auto count_of = [&](Seconds width) {
    return static_cast<std::size_t>((floor_to(last, width) - floor_to(first, width)) / width) + 1;
  };
  Seconds width = k_widths.back();
  const auto* const fits =
      std::find_if(k_widths.begin(), k_widths.end(), [&](Seconds w) { return count_of(w) <= k_max_buckets; });
  if (fits != k_widths.end()) width = *fits;
  while (count_of(width) > k_max_buckets) width *= 2;
  timeline.begins_at = floor_to(first, width);
  timeline.bucket_seconds = width;
  timeline.bucket_count = count_of(width);
}

void count(TimelineCounts& counts, Disposition disposition) {
  if (disposition == Disposition::rejected) {
    ++counts.rejected;
  } else if (disposition == Disposition::follow_up) {
    ++counts.follow_up;
  } else {
    ++counts.loaded;
  }
}

using Place = std::pair<std::string_view, std::string_view>;  // library, station

std::map<Place, std::size_t> find_lanes(const std::vector<Shown>& results, Timeline& timeline) {
  std::map<Place, std::size_t> lanes;
  for (const Shown& result : results) lanes.emplace(Place{result.library, result.station}, 0);
  timeline.by_station = lanes.size() <= k_max_lanes;
  if (!timeline.by_station) {
    lanes.clear();
    for (const Shown& result : results) lanes.emplace(Place{result.library, {}}, 0);
  }
  for (auto& [place, index] : lanes) {
    index = timeline.lanes.size();
    timeline.lanes.push_back({place.first, place.second, std::vector<TimelineCounts>(timeline.bucket_count)});
  }
  return lanes;
}

std::string civil_text(const Timeline& timeline, std::size_t bucket) {
  const Seconds civil = timeline.begins_at + static_cast<Seconds>(bucket) * timeline.bucket_seconds;
  return local_time(civil, Zone());  // already civil, so UTC leaves it unchanged
}

}  // namespace

Timeline make_timeline(const Report& report, const Zone& zone) {
  Timeline timeline;
  const std::vector<Shown> results = results_to_show(report, zone, timeline);
  if (results.empty()) return timeline;
  Seconds first = INT64_MAX;
  Seconds last = INT64_MIN;
  for (const Shown& result : results) {
    first = std::min(first, result.civil);
    last = std::max(last, result.civil);
  }
  choose_buckets(timeline, first, last);
  const std::map<Place, std::size_t> lanes = find_lanes(results, timeline);
  for (const Shown& result : results) {
    const Place place{result.library, timeline.by_station ? result.station : std::string_view()};
    const Seconds since = result.civil - timeline.begins_at;
    TimelineCounts& counts =
        timeline.lanes[lanes.at(place)].buckets.at(static_cast<std::size_t>(since / timeline.bucket_seconds));
    count(counts, result.disposition);
    timeline.highest = std::max(timeline.highest, counts.sum());
  }
  return timeline;
}

std::string bucket_time(const Timeline& timeline, std::size_t bucket) {
  return civil_text(timeline, bucket).substr(std::string_view("2026-06-12 ").size(), std::string_view("13:15").size());
}

std::string bucket_date(const Timeline& timeline, std::size_t bucket) {
  return civil_text(timeline, bucket).substr(0, std::string_view("2026-06-12").size());
}

std::string bucket_width(const Timeline& timeline) {
  const auto several = [](Seconds count, std::string_view unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  const Seconds width = timeline.bucket_seconds;
  if (width % k_widths.back() == 0) return several(width / k_widths.back(), "day");
  if (width % k_hour == 0) return several(width / k_hour, "hour");
  return several(width / k_minute, "minute");
}

std::string lane_name(const TimelineLane& lane) {
  std::string name(lane.library.empty() ? "no library" : lane.library);
  if (!lane.station.empty()) name += fmt::format(" {}", lane.station);
  return name;
}

}  // namespace offcirc
