// The course of an outage: how many transactions each station recorded per quarter hour or longer, and what became of
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

struct TimelineCounts {
  std::uint64_t loaded = 0;     ///< nothing to do
  std::uint64_t follow_up = 0;  ///< loaded, with something to do
  std::uint64_t rejected = 0;

  [[nodiscard]] std::uint64_t sum() const { return loaded + follow_up + rejected; }
};

struct TimelineLane {
  std::string_view library;
  std::string_view station;  ///< empty: not known, or the lane is that of the whole library
  std::vector<TimelineCounts> buckets;
};

/// Points into the report. Times are civil seconds of the zone, so the hour that is repeated in fall appears once.
struct Timeline {
  Seconds begins_at = 0;  ///< a multiple of bucket_seconds
  Seconds bucket_seconds = 0;
  std::size_t bucket_count = 0;     ///< 0: there is nothing to show
  std::vector<TimelineLane> lanes;  ///< by library and station
  bool by_station = true;           ///< false: there are too many, so each library has one lane
  std::uint64_t highest = 0;        ///< highest sum of a bucket
  /// Transactions that are left out because they were rejected for a time that can't be right.
  std::uint64_t wrong_time_count = 0;
};

/// Covers the transactions of this load that can be read, except those that were loaded before or not carried out.
/// Buckets are a quarter hour wide if the outage was short enough; otherwise as wide as it takes to have at most 96.
Timeline make_timeline(const Report& report, const Zone& zone);

/// `13:15`, the time at which a bucket begins.
std::string bucket_time(const Timeline& timeline, std::size_t bucket);
/// `2026-06-12`
std::string bucket_date(const Timeline& timeline, std::size_t bucket);
/// `15 minutes`, `2 hours`, `1 day`
std::string bucket_width(const Timeline& timeline);
/// `OSH 0201`; `no library` if it is not known.
std::string lane_name(const TimelineLane& lane);

}  // namespace offcirc
