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

/// A batch after its replay.
struct ReplayedBatch {
  const Batch& batch;
  const Results& results;  ///< by entry
  const State& state;
  const Policy& policy;
};

/// `span` is that of the batch, and `now` is UTC. `database` is as it was before the load. The lists are empty if the
/// load judged no transaction.
ShelfLists make_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now, Database& database);

/// The same, but only what the replay itself did: the report of the load that read the logs has listed what else
/// happened during the outage.
ShelfLists make_own_shelf_lists(const ReplayedBatch& replayed, const OutageSpan& span, Seconds now, Database& database);

}  // namespace offcirc
