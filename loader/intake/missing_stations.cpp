#include "loader/intake/missing_stations.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace offcirc {
namespace {

using Place = std::pair<std::string_view, std::string_view>;  // library, station

// Neighbours mostly come from the same desk, so the set is asked once a desk.
std::set<Place> places_that_came(const Batch& batch) {
  std::set<Place> places;
  for (const Log& log : batch.logs) places.emplace(log.library, log.station);
  Place last;
  for (const Entry& entry : batch.entries) {
    const Place place{entry.library_code, entry.station};
    if (place != last) places.insert(place);
    last = place;
  }
  return places;
}

// A library without a roster may have stations of any number.
bool may_be_of(const Policy& policy, const Place& place) {
  const LibraryIndex index = policy.find_library(place.first);
  if (index == k_no_library) return false;
  const std::vector<std::string>& roster = policy.libraries[index].stations;
  return roster.empty() || std::find(roster.begin(), roster.end(), place.second) != roster.end();
}

}  // namespace

std::vector<MissingStation> find_missing_stations(const Batch& batch, const Policy& policy) {
  const std::set<Place> came = places_that_came(batch);
  std::set<std::string_view> astray;
  for (const Place& place : came)
    if (!may_be_of(policy, place)) astray.insert(place.second);
  std::set<std::string_view> with_log;
  for (const Log& log : batch.logs) with_log.insert(log.library);

  std::vector<MissingStation> missing;
  for (const Library& library : policy.libraries) {
    if (!with_log.contains(library.code)) continue;
    for (const std::string& station : library.stations)
      if (!came.contains({library.code, station}) && !astray.contains(station))
        missing.push_back({library.code, station});
  }
  std::stable_sort(missing.begin(), missing.end(),
                   [](const MissingStation& a, const MissingStation& b) { return a.library < b.library; });
  return missing;
}

}  // namespace offcirc
