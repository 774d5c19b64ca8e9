#include "loader/all_clear.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/output/characters.hpp"
#include "loader/run_error.hpp"

namespace offcirc {
namespace {

std::vector<LibraryStation> stations_of(const Roster& roster, const Batch& batch, const Policy& policy) {
  if (!roster.expected.empty()) return roster.expected;
  if (roster.require_all) return batch.logs.empty() ? std::vector<LibraryStation>() : rostered_stations(policy);
  return rostered_stations(policy, batch);
}

[[noreturn]] void fail_since_missing(const std::vector<LibraryStation>& missing, std::size_t expected) {
  constexpr std::size_t k_named = 20;
  std::string names;
  for (std::size_t i = 0; i < std::min(missing.size(), k_named); ++i)
    names += fmt::format("{}{} {}", i == 0 ? "" : ", ", visible(missing[i].library), visible(missing[i].station));
  if (missing.size() > k_named) names += fmt::format(" and {} more", missing.size() - k_named);
  throw RunError(
      fmt::format("Nothing was loaded: {} of {} station{} not uploaded: {}.\n"
                  "Load again when their logs are there. --expect names the stations of this outage where they are not "
                  "all, and without --require-all the logs that are there are loaded.",
                  missing.size(), expected, expected == 1 ? " has" : "s have", names));
}

}  // namespace

std::vector<LibraryStation> find_stations_to_come(const Batch& batch, const OutageSpan& span, const Roster& roster,
                                                  const Policy& policy, Store& store) {
  const std::vector<LibraryStation> stations = stations_of(roster, batch, policy);
  Uploads came = uploads_of(batch);
  if (span.began_at != k_no_time) came.merge(store.find_uploads(span.began_at));
  std::vector<LibraryStation> missing = find_missing_stations(stations, came, policy);
  if (roster.require_all && !missing.empty()) fail_since_missing(missing, stations.size());
  return missing;
}

}  // namespace offcirc
