// Replays a batch against the state: one result for each transaction, and the state as it is afterwards.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "formats/ids.hpp"
#include "loader/intake/batch.hpp"
#include "loader/policy/policy.hpp"
#include "loader/progress.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/result.hpp"
#include "loader/rules/state.hpp"

namespace offcirc {

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

}  // namespace offcirc
