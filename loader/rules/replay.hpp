// Replays a batch against the state, and finds the span of the outage.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "loader/progress.hpp"
#include "loader/rules/read_set.hpp"

namespace offcirc {

struct ReplayOptions {
  Seconds now = 0;               ///< UTC; what is more than 5 minutes later is clock-ahead
  std::optional<Seconds> since;  ///< UTC; what is earlier is too-old; the default is max_age_days before `now`
  std::set<Outcome> overrides;   ///< outcomes that do not reject
  IdPatterns ids = {};           ///< [ids] of the config
  /// Sums are kept for users with more charges and bills than this (see Accounts). Tests change it.
  std::size_t few = 32;
  std::uint64_t* looked_at = nullptr;  ///< receives Replayer::looked_at(), for tests; may be null
};

/// Returns one result for each entry, and leaves `state` as it is after all of them. `already_recorded` is by entry. A
/// pure function, except for reports to `progress`: no I/O, no clock, no SQL; equal arguments give equal results.
Results replay(const Batch& batch, const std::vector<bool>& already_recorded, const ReadSet& read_set,
               const Policy& policy, const ReplayOptions& options, State& state,
               Progress& progress = Progress::nobody());

/// When the outage began and which libraries it affected, as far as a load shows.
struct OutageSpan {
  /// UTC; the earliest transaction, not counting those already loaded, refused or canceled at the time, or rejected for
  /// their time. k_no_time if there is none; then no list is made.
  Seconds began_at = k_no_time;
  std::set<std::string_view> libraries;  ///< codes of those with a log or a transaction in the load
};

/// `results` are by entry. The span points into the batch.
OutageSpan find_outage_span(const Batch& batch, const Results& results);

}  // namespace offcirc
