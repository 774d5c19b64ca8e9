#include "loader/intake/given_clocks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "loader/run_error.hpp"

namespace offcirc {
namespace {

// More would hide what is wrong.
constexpr std::size_t k_max_listed = 20;

/// Stations by all the names that --clock may call them, and by the one by which they are listed.
struct Stations {
  std::set<std::string> names, listed;

  void add(const Whereabouts& place) {
    const std::vector<std::string> all = names_of_station(place);
    names.insert(all.begin(), all.end());
    if (!all.empty()) listed.insert(place.station_library.empty() ? all.back() : all.front());
  }
};

// A log without transactions is from its station all the same.
void add_by_path(const Log& log, const Policy& policy, Stations& stations) {
  const PathFacts path = read_path(log.full_path, policy);
  Whereabouts place;
  place.station_library = log.library;
  place.logged_library = path.library();
  place.station = log.station;
  stations.add(place);
}

std::string list_of(const std::set<std::string>& stations) {
  if (stations.empty()) return "No log says its station; --station does.";
  const auto end = std::next(stations.begin(), static_cast<std::ptrdiff_t>(std::min(stations.size(), k_max_listed)));
  std::string text = fmt::format("The stations are {}", fmt::join(stations.begin(), end, ", "));
  if (stations.size() > k_max_listed) text += fmt::format(" and {} more", stations.size() - k_max_listed);
  return text + ": name one of these, or leave --clock away.";
}

}  // namespace

void require_stations_of_clocks(const std::map<std::string, Seconds>& clock_offsets, const std::vector<BatchLog>& logs,
                                const Policy& policy) {
  if (clock_offsets.empty() || logs.empty()) return;
  Stations stations;
  for (const BatchLog& log : logs) {
    for (const Whereabouts& place : log.placed.places) stations.add(place);
    if (log.placed.places.empty()) add_by_path(log.read.log, policy, stations);
  }
  std::vector<std::string_view> unknown;
  for (const auto& [name, offset] : clock_offsets)
    if (!stations.names.contains(name)) unknown.emplace_back(name);
  if (unknown.empty()) return;
  throw RunError(fmt::format("--clock: nothing here was recorded at station {}. {} Nothing was changed.",
                             fmt::join(unknown, ", "), list_of(stations.listed)));
}

}  // namespace offcirc
