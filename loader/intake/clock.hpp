// Corrects what the clocks of stations said: daylight saving, clocks that are off, jump ahead, or step back.
// Functions on arrays: one element a transaction, in the order in which the log has them.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/intake/whereabouts.hpp"
#include "loader/memory/large_vector.hpp"
#include "loader/policy/policy.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// A line that is later than its neighbours by more than this is an outlier.
inline constexpr Seconds k_outlier_seconds = 5 * 60;
/// A line that is earlier than its predecessor by up to this is raised to it; by more, a new run begins.
inline constexpr Seconds k_step_back_seconds = 60 * 60;

/// Civil times and bare dates to UTC. In autumn's repeated hour a time means the first, unless that would step back
/// behind its predecessor and the second would not, or by no more than is raised anyway.
/// \pre Every stamp is of form date, civil or absolute.
LargeVector<Seconds> resolve_times(std::span<const Stamp> recorded, const Zone& zone);

struct ClockedTimes {
  LargeVector<Seconds> occurred_at;     ///< never descends within a run
  std::vector<bool> jumped;             ///< took its predecessor's time, being an outlier
  std::vector<bool> went_backwards;     ///< raised to its predecessor's time
  std::vector<std::size_t> run_starts;  ///< first element of each run, ascending; empty where there are no times
};

/// The rules within a log (DOMAIN.md, Time); `corrected` are UTC times with the station's offset added.
ClockedTimes apply_clock_rules(std::span<const Seconds> corrected);

/// What --clock may call the station of a place: `LIBRARY/STATION`, the same by the library that its log says where
/// --library says another, `STATION`. None where the station is not known.
std::vector<std::string> names_of_station(const Whereabouts& place);

/// What to add to the times of a station: what --clock says of the first of its names, else what the config says of its
/// library's station, else 0.
StationClock clock_of_station(const Whereabouts& place, const std::map<std::string, Seconds>& clock_offsets,
                              const Policy& policy);

}  // namespace offcirc
