#include "loader/model/missing_stations.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

namespace offcirc {

namespace {

/// Indexes the rosters of all libraries: there may be thousands, so searching them one by one would be slow.
class Rosters {
 public:
  explicit Rosters(const Policy& policy) {
    for (const Library& library : policy.libraries) {
      m_has_roster.emplace(library.code, !library.stations.empty());
      for (const std::string& station : library.stations)
        if (m_stations.emplace(library.code, station).second) m_libraries_of[station].push_back(library.code);
    }
  }

  // A library without a roster may have any station.
  [[nodiscard]] bool may_have(std::string_view library, std::string_view station) const {
    const auto found = m_has_roster.find(library);
    return found != m_has_roster.end() && (!found->second || m_stations.contains({library, station}));
  }

  /// Returns those of `libraries` whose rosters list the station.
  [[nodiscard]] std::vector<std::string_view> with_station(const std::set<std::string>& libraries,
                                                           std::string_view station) const {
    std::vector<std::string_view> with;
    const auto found = m_libraries_of.find(station);
    if (found == m_libraries_of.end()) return with;
    if (libraries.size() < found->second.size()) {
      for (const std::string& library : libraries)
        if (m_stations.contains({library, station})) with.push_back(library);
    } else {
      std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(with),
                   [&](std::string_view library) { return libraries.contains(std::string(library)); });
    }
    return with;
  }

  /// Counts those of `libraries` that have no roster.
  [[nodiscard]] std::size_t count_open(const std::set<std::string>& libraries) const {
    return static_cast<std::size_t>(std::count_if(libraries.begin(), libraries.end(), [&](const std::string& library) {
      const auto found = m_has_roster.find(library);
      return found != m_has_roster.end() && !found->second;
    }));
  }

 private:
  std::map<std::string_view, bool> m_has_roster;
  std::set<std::pair<std::string_view, std::string_view>> m_stations;
  std::map<std::string_view, std::vector<std::string_view>> m_libraries_of;
};

/// The stations that came, with their libraries; `astray` if they were set to a library that may not have them.
struct Arrivals {
  std::set<std::pair<std::string_view, std::string_view>> known;
  std::set<std::string_view> astray;
};

// Does not try each library with each station: a journal may have thousands of both.
void add_loose(const LooseUploads& loose, const Rosters& rosters, Arrivals& arrivals) {
  if (loose.libraries.empty()) return;
  const std::size_t open = rosters.count_open(loose.libraries);
  for (const std::string& station : loose.stations) {
    const std::vector<std::string_view> with = rosters.with_station(loose.libraries, station);
    if (with.size() + open < loose.libraries.size())
      arrivals.astray.insert(station);
    else
      for (const std::string_view library : with) arrivals.known.emplace(library, station);
  }
}

Arrivals arrivals_of(const Uploads& came, const Rosters& rosters) {
  Arrivals arrivals;
  for (const auto& [library, station] : came.known) {
    arrivals.known.emplace(library, station);
    if (!rosters.may_have(library, station)) arrivals.astray.insert(station);
  }
  for (const LooseUploads& loose : came.loose) add_loose(loose, rosters, arrivals);
  return arrivals;
}

}  // namespace

void Uploads::merge(Uploads other) {
  known.merge(other.known);
  std::move(other.loose.begin(), other.loose.end(), std::back_inserter(loose));
}

Uploads uploads_of(const Batch& batch) {
  Uploads uploads;
  for (const Log& log : batch.logs) uploads.known.emplace(log.library, log.station);
  for (const BatchDesk& desk : batch.desks) uploads.known.emplace(desk.library_code, desk.station);
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
  const Rosters rosters(policy);
  const Arrivals arrivals = arrivals_of(came, rosters);
  std::vector<LibraryStation> missing;
  for (const LibraryStation& one : stations)
    if (!arrivals.known.contains({one.library, one.station}) && !arrivals.astray.contains(one.station))
      missing.push_back(one);
  return missing;
}

}  // namespace offcirc
