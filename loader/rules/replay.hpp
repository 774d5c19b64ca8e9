// Replays a batch against the state: one result for each transaction, and the state as it is afterwards.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

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
};

/// `already_recorded` is by entry. Pure but for what `progress` is told: no I/O, no clock, no SQL; equal arguments give
/// equal results.
Results replay(const Batch& batch, const std::vector<bool>& already_recorded, const ReadSet& read_set,
               const Policy& policy, const ReplayOptions& options, State& state,
               Progress& progress = Progress::nobody());

}  // namespace offcirc
