// Finds the stations that have not uploaded: their logs may still lie at a desk.
#pragma once

#include <string>
#include <vector>

#include "loader/intake/batch.hpp"

namespace offcirc {

struct MissingStation {
  std::string library, station;
};

/// Of each library that has a log in this batch, the stations of its roster of which neither a log nor a transaction
/// came. A station that was set to another library, whose roster does not have it, has come all the same.
std::vector<MissingStation> find_missing_stations(const Batch& batch, const Policy& policy);

}  // namespace offcirc
