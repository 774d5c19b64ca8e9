// Finds the unreadable records of earlier loads that a better copy of their log has brought in full, so that they are
// no longer pending.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

/// What is known about a batch once its duplicates have been found.
struct ComparedBatch {
  const Batch& batch;
  const Copies& copies;                   ///< by Batch::entries, then by Batch::unreadable
  const std::vector<KnownResult>& known;  ///< by Copies::stored
  bool as_new = false;                    ///< --as-new: its lists are not earlier ones
  Database& database;
};

/// Returns the rows of pending unreadable records that are whole in the batch, each once. A lost record must not be
/// forgotten because of another one, so only the following proves it; any of these is enough:
/// - Both neighbors in the log have come again, with at least as many new records between them as were unreadable
///   there. At the beginning of a log, the next one has come again in its old line.
/// - The neighbor before it has come again in its old line, and a new record is in the line of the unreadable one.
/// - Among the new records after the one before it, or at the beginning of a log of the same desk, one has its time,
///   and IDs that begin with those that could be read.
/// - All records of a list without times have come again in their order, with the same IDs as far as they were read.
std::vector<std::int64_t> find_closed_unreadable(const ComparedBatch& compared);

}  // namespace offcirc
