// Makes the lists that staff compare with their shelves, after the replay and before anything is written.
#pragma once

#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"
#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/replay.hpp"

namespace offcirc {

/// What a replay leaves, to be listed.
struct ReplayedBatch {
  const Batch& batch;
  const Results& results;  ///< by entry
  const State& state;
  const Policy& policy;
};

/// `span` is the batch's, `now` in UTC; `database` as it was before the load. Empty where the load judged no
/// transaction.
ShelfLists make_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now, Database& database);

/// Only what the replay itself did: what else happened during the outage, the report of the logs' load has listed.
ShelfLists make_own_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now, Database& database);

}  // namespace offcirc
