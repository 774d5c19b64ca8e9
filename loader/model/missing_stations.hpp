// Finds the stations whose logs are missing: they may still be on the workstations.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "loader/model/batch.hpp"

namespace offcirc {

/// A station of a library, both by code.
struct LibraryStation {
  std::string library, station;
};

/// Libraries and stations that uploaded, without their pairing: some lines named only one of the two, and the journal
/// does not store which log a line was in. Any of the stations may belong to any of the libraries.
struct LooseUploads {
  std::set<std::string> libraries, stations;
};

struct Uploads {
  /// Library and station of each log and each transaction; either is empty if the log does not name it.
  std::set<std::pair<std::string, std::string>> known;
  std::vector<LooseUploads> loose;

  void merge(Uploads other);
};

Uploads uploads_of(const Batch& batch);

/// Returns the stations of all rosters, by library code and then in roster order.
std::vector<LibraryStation> rostered_stations(const Policy& policy);
/// Returns only the stations of libraries with a log in the batch: the others may not have had an outage.
std::vector<LibraryStation> rostered_stations(const Policy& policy, const Batch& batch);

/// Returns the `stations` from which neither a log nor a transaction came, in the given order. A station is not missing
/// if it was set to a library whose roster does not list it.
std::vector<LibraryStation> find_missing_stations(const std::vector<LibraryStation>& stations, const Uploads& came,
                                                  const Policy& policy);

}  // namespace offcirc
