// Replays a batch against the state, and the span of the outage that it shows.
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

// Replays a batch against the state: one result for each transaction, and the state as it is afterwards.

struct ReplayOptions {
  Seconds now = 0;               ///< UTC: later than 5 minutes from it is clock-ahead
  std::optional<Seconds> since;  ///< UTC: what is older is too-old; without it, max_age_days before now
  std::set<Outcome> overrides;   ///< load in spite of these
  IdPatterns ids = {};           ///< what IDs look like
  /// Up to so many charges and bills of a user are looked through each time; for more, sums are kept. Tests change it.
  std::size_t few = 32;
  std::uint64_t* looked_at = nullptr;  ///< gets how much of the lists of users was looked at, for tests
};

/// `already_recorded` is by entry. Pure but for what `progress` is told: no I/O, no clock, no SQL; equal arguments give
/// equal results.
Results replay(const Batch& batch, const std::vector<bool>& already_recorded, const ReadSet& read_set,
               const Policy& policy, const ReplayOptions& options, State& state,
               Progress& progress = Progress::nobody());

// Since when, and at which libraries, desks worked without the server, as far as a load knows.

struct OutageSpan {
  /// UTC; the earliest transaction that the load judged: not one that is already loaded, nor one rejected for its time.
  /// k_no_time where there is none; then no list is made.
  Seconds began_at = k_no_time;
  std::set<std::string_view> libraries;  ///< that have a log or a transaction in the load
};

/// `results` are by entry. Views into the batch.
OutageSpan find_outage_span(const Batch& batch, const Results& results);

}  // namespace offcirc
