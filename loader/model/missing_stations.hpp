// Finds the stations that have not uploaded: their logs may still lie at a desk.
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

/// Each of these stations came from each of these libraries, as far as is known: lines said one of both, and the
/// journal does not keep which log they were in.
struct LooseUploads {
  std::set<std::string> libraries, stations;
};

struct Uploads {
  /// Library and station of each log, and of each transaction; empty where the log does not say.
  std::set<std::pair<std::string, std::string>> known;
  std::vector<LooseUploads> loose;

  void merge(Uploads other);
};

Uploads uploads_of(const Batch& batch);

/// All rosters together, by library and then as rostered.
std::vector<LibraryStation> rostered_stations(const Policy& policy);
/// Those of libraries that have a log in the batch: the others may not have had an outage.
std::vector<LibraryStation> rostered_stations(const Policy& policy, const Batch& batch);

/// `stations` of which neither a log nor a transaction came, in their order. A station that was set to another library,
/// whose roster does not have it, has come all the same.
std::vector<LibraryStation> find_missing_stations(const std::vector<LibraryStation>& stations, const Uploads& came,
                                                  const Policy& policy);

}  // namespace offcirc
