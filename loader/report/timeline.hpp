// The course of an outage: how many transactions each station recorded in each quarter of an hour, and what became of
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

struct TimelineCounts {
  std::uint64_t loaded = 0;     ///< nobody has anything to do
  std::uint64_t follow_up = 0;  ///< loaded, with something to do
  std::uint64_t rejected = 0;

  [[nodiscard]] std::uint64_t sum() const { return loaded + follow_up + rejected; }
};

struct TimelineLane {
  std::string_view library;
  std::string_view station;  ///< empty: not known, or the lane is the library's
  std::vector<TimelineCounts> buckets;
};

/// Points into the report. Times are civil seconds of the zone, so that the hour that autumn repeats is one.
struct Timeline {
  Seconds begins_at = 0;  ///< a multiple of the width
  Seconds bucket_seconds = 0;
  std::size_t bucket_count = 0;     ///< 0: there is nothing to show
  std::vector<TimelineLane> lanes;  ///< by library and station
  bool by_station = true;           ///< false: there are so many that each library has one lane
  std::uint64_t highest = 0;        ///< count of a bucket
  /// Transactions that are not in it, since they were refused for a time that can't be right.
  std::uint64_t wrong_time_count = 0;
};

/// Of the transactions of this load that can be read: not those that were loaded before. The buckets are as narrow as
/// a quarter of an hour if the outage was short enough, and as wide as it takes for about a hundred of them.
Timeline make_timeline(const Report& report, const Zone& zone);

/// `13:15`, where a bucket begins.
std::string bucket_time(const Timeline& timeline, std::size_t bucket);
/// `2026-06-12`
std::string bucket_date(const Timeline& timeline, std::size_t bucket);
/// `15 minutes`, `2 hours`, `1 day`
std::string bucket_width(const Timeline& timeline);
/// `OSH 0201`; `no library` where it is not known.
std::string lane_name(const TimelineLane& lane);

}  // namespace offcirc
