#include "cli/expected_stations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "cli/option_values.hpp"
#include "formats/fields.hpp"
#include "loader/config/near_miss.hpp"

namespace offcirc {
namespace {

LibraryStation of_named_library(const std::string& library, std::string_view station, const Policy& policy) {
  if (policy.find_library(library) != k_no_library) return {library, normal_station(station)};
  std::vector<std::string_view> codes;
  for (const Library& one : policy.libraries) codes.push_back(one.code);
  throw RunError(fmt::format("--expect: there is no library '{}'{} The libraries are {}.", library,
                             hint_of(library, codes), listed(codes)));
}

LibraryStation on_some_roster(const std::string& name, const Policy& policy) {
  const std::string station = normal_station(name);
  std::vector<LibraryStation> found;
  for (const LibraryStation& one : rostered_stations(policy))
    if (one.station == station) found.push_back(one);
  if (found.empty())
    throw RunError(
        fmt::format("--expect: no library has station {} on its roster. Name the library too, as in "
                    "LIBRARY/{}, or add it to stations in the configuration.",
                    name, name));
  if (found.size() > 1)
    throw RunError(fmt::format("--expect: {} and {} both have a station {}. Name the library too, as in {}/{}.",
                               found[0].library, found[1].library, name, found[0].library, name));
  return found.front();
}

}  // namespace

void add_station_names(const std::string& text, std::vector<std::string>& names) {
  std::string_view rest = text;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    const std::string_view name = trimmed(rest.substr(0, comma));
    if (name.empty() || name.front() == '/' || name.back() == '/')
      throw UsageError(
          fmt::format("--expect takes stations separated by commas, such as 0201,OSH/0202, not '{}'.", text));
    names.emplace_back(name);
    more = comma != std::string_view::npos;
    if (more) rest.remove_prefix(comma + 1);
  }
}

std::vector<LibraryStation> expected_stations(const std::vector<std::string>& names, const Policy& policy) {
  std::vector<LibraryStation> stations;
  for (const std::string& name : names) {
    const std::size_t slash = name.find('/');
    stations.push_back(slash == std::string::npos
                           ? on_some_roster(name, policy)
                           : of_named_library(name.substr(0, slash), name.substr(slash + 1), policy));
  }
  const auto by_name = [](const LibraryStation& one) { return std::tie(one.library, one.station); };
  std::sort(stations.begin(), stations.end(),
            [&](const LibraryStation& a, const LibraryStation& b) { return by_name(a) < by_name(b); });
  stations.erase(
      std::unique(stations.begin(), stations.end(),
                  [&](const LibraryStation& a, const LibraryStation& b) { return by_name(a) == by_name(b); }),
      stations.end());
  return stations;
}

}  // namespace offcirc
