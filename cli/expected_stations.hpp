// The stations that --expect names: those that were used in this outage, as staff write them down.
#pragma once

#include <string>
#include <vector>

#include "loader/intake/missing_stations.hpp"

namespace offcirc {

/// `0201,OSH/0202`: adds each name to `names`. UsageError where one is empty.
void add_station_names(const std::string& text, std::vector<std::string>& names);

/// `[LIBRARY/]STATION` each, by library and then as named, each once. RunError where a library is not configured, or a
/// station without one is on no roster or on several.
std::vector<LibraryStation> expected_stations(const std::vector<std::string>& names, const Policy& policy);

}  // namespace offcirc
