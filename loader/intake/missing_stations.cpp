#include "loader/intake/missing_stations.hpp"

#include <algorithm>
#include <string_view>

namespace offcirc {
namespace {

// A library without a roster may have stations of any number.
bool may_have(const Policy& policy, std::string_view library, const std::string& station) {
  const LibraryIndex index = policy.find_library(library);
  if (index == k_no_library) return false;
  const std::vector<std::string>& roster = policy.libraries[index].stations;
  return roster.empty() || std::find(roster.begin(), roster.end(), station) != roster.end();
}

}  // namespace

Uploads uploads_of(const Batch& batch) {
  Uploads uploads;
  for (const Log& log : batch.logs) uploads.emplace(log.library, log.station);
  for (const BatchDesk& desk : batch.desks) uploads.emplace(desk.library_code, desk.station);
  return uploads;
}

std::vector<LibraryStation> rostered_stations(const Policy& policy) {
  std::vector<LibraryStation> stations;
  for (const Library& library : policy.libraries)
    for (const std::string& station : library.stations) stations.push_back({library.code, station});
  std::stable_sort(stations.begin(), stations.end(),
                   [](const LibraryStation& a, const LibraryStation& b) { return a.library < b.library; });
  return stations;
}

std::vector<LibraryStation> rostered_stations(const Policy& policy, const Batch& batch) {
  std::set<std::string_view> with_log;
  for (const Log& log : batch.logs) with_log.insert(log.library);
  std::vector<LibraryStation> stations = rostered_stations(policy);
  std::erase_if(stations, [&](const LibraryStation& one) { return !with_log.contains(one.library); });
  return stations;
}

std::vector<LibraryStation> find_missing_stations(const std::vector<LibraryStation>& stations, const Uploads& came,
                                                  const Policy& policy) {
  std::set<std::string_view> astray;
  for (const auto& [library, station] : came)
    if (!may_have(policy, library, station)) astray.insert(station);
  std::vector<LibraryStation> missing;
  for (const LibraryStation& one : stations)
    if (!came.contains({one.library, one.station}) && !astray.contains(one.station)) missing.push_back(one);
  return missing;
}

}  // namespace offcirc
