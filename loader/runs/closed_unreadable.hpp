// Which unreadable records of earlier loads a better copy of their log has brought whole, so that nobody waits for them
// any more.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

/// What is known of a batch when its duplicates have been found.
struct ComparedBatch {
  const Batch& batch;
  const Copies& copies;                   ///< by Batch::entries, then by Batch::unreadable
  const std::vector<KnownResult>& known;  ///< by Copies::stored
  bool as_new = false;                    ///< --as-new: its lists are no earlier ones
  Database& database;
};

/// Rows of pending unreadable records, each once, that are whole in the batch. Any of these shows it, and nothing else
/// does, since a record that is lost must not be forgotten for another one's sake:
/// - Both neighbors in the log have come again, with at least as many new records between them as were unreadable
/// there.
///   At the beginning of a log, the next one has come again in its old line.
/// - The neighbor before it has come again in its old line, and a new record is in the line of the unreadable one.
/// - The new records after the one before it, or at the beginning of a log of the same desk, have one of its time,
/// whose
///   IDs begin as its own do.
/// - All records of a list without times have come again in their order, with the same IDs as far as they were read.
std::vector<std::int64_t> find_closed_unreadable(const ComparedBatch& compared);

}  // namespace offcirc
