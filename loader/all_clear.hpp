// Whether all stations have uploaded for the outage: this load, and what earlier ones have of it, taken together.
#pragma once

#include <string>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/policy/policy.hpp"
#include "loader/rules/outage_span.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// Whose logs an outage should bring.
struct Roster {
  std::vector<LibraryStation> expected;  ///< --expect; empty: the rosters of the configuration
  bool require_all = false;              ///< --require-all
};

/// Of the roster, the stations of which no log and no transaction came: neither in this load, nor in one that was made
/// since the outage began. Without --expect and --require-all only those of libraries
/// that have a log in the load. RunError that names them, where all are required; but a load that finds no logs at all
/// is no outage, unless it was told whom to expect.
std::vector<LibraryStation> find_stations_to_come(const Batch& batch, const OutageSpan& span, const Roster& roster,
                                                  const Policy& policy, Store& store);

}  // namespace offcirc
