#include "loader/intake/clock.hpp"

#include <fmt/format.h>

namespace offcirc {
namespace {

Seconds resolve_civil(Seconds civil, bool has_previous, Seconds previous, const Zone& zone) {
  const auto [first, second] = zone.both_utc(civil);
  // Where even the second is far behind, the clock was set or the log goes on from another day: nothing is known.
  const bool second_is_meant = has_previous && first < previous && previous - second <= k_step_back_seconds;
  return second_is_meant ? second : first;
}

bool is_outlier(std::span<const Seconds> times, std::size_t i, Seconds previous) {
  if (i == 0 || i + 2 >= times.size()) return false;
  const Seconds limit = times[i] - k_outlier_seconds;
  return limit > previous && limit > times[i + 1] && limit > times[i + 2];
}

}  // namespace

LargeVector<Seconds> resolve_times(std::span<const Stamp> recorded, const Zone& zone) {
  LargeVector<Seconds> utc;
  utc.reserve(recorded.size());
  for (const Stamp stamp : recorded) {
    const Seconds previous = utc.empty() ? 0 : utc.back();
    utc.push_back(stamp.is(StampForm::absolute) ? stamp.seconds()
                                                : resolve_civil(stamp.seconds(), !utc.empty(), previous, zone));
  }
  return utc;
}

ClockedTimes apply_clock_rules(std::span<const Seconds> corrected) {
  const std::size_t count = corrected.size();
  ClockedTimes clocked{{}, std::vector<bool>(count), std::vector<bool>(count), {}};
  clocked.occurred_at.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Seconds time = corrected[i];
    const Seconds previous = i == 0 ? time : clocked.occurred_at.back();
    if (is_outlier(corrected, i, previous)) {
      clocked.jumped[i] = true;
      time = previous;
    } else if (i == 0 || previous - time > k_step_back_seconds) {
      clocked.run_starts.push_back(i);
    } else if (time < previous) {
      clocked.went_backwards[i] = true;
      time = previous;
    }
    clocked.occurred_at.push_back(time);
  }
  return clocked;
}

std::vector<std::string> names_of_station(const Whereabouts& place) {
  if (place.station.empty()) return {};
  std::vector<std::string> names = {fmt::format("{}/{}", place.station_library, place.station)};
  if (place.logged_library != place.station_library)
    names.push_back(fmt::format("{}/{}", place.logged_library, place.station));
  names.emplace_back(place.station);
  return names;
}

StationClock clock_of_station(const Whereabouts& place, const std::map<std::string, Seconds>& clock_offsets,
                              const Policy& policy) {
  for (const std::string& name : names_of_station(place)) {
    if (const auto given = clock_offsets.find(name); given != clock_offsets.end()) return {given->second, true};
  }
  const LibraryIndex index = policy.find_library(place.station_library);
  if (index == k_no_library) return {};
  const auto& configured = policy.libraries[index].clock_offsets;
  const auto found = configured.find(place.station);
  return {found == configured.end() ? 0 : found->second, false};
}

}  // namespace offcirc
