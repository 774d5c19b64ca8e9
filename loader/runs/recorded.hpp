// Finds the records of a batch that are already recorded, so that nothing is loaded twice, and the records that may be.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// A duplicate whose library or station differs from that of the record that was loaded.
struct CopyElsewhere {
  std::uint32_t record = 0;  ///< index into Batch::entries or, from its size on, into Batch::unreadable
  NewSentence sentence;      ///< of library-mismatch
};

/// The duplicates in a batch: records that an earlier load (one that was not undone) or another part of the batch has.
struct Recorded {
  std::vector<bool> entries;     ///< by Batch::entries
  std::vector<bool> unreadable;  ///< by Batch::unreadable
  std::vector<CopyElsewhere> elsewhere = {};
  std::vector<std::int64_t> closed = {};  ///< rows of unreadable records that the batch has in full
};

struct CopyOptions {
  bool as_new = false;   ///< --as-new
  bool dry_run = false;  ///< there will be no load to undo
  const Zone& zone;
};

/// A stage of a load, before the rules: settles the identities of lists, finds all duplicates, tells the batch which
/// records may have been loaded before, and notes on each log what staff should know about it.
Recorded find_recorded(Batch& batch, const CopyOptions& how, Database& database);

/// Adds to each duplicate in `recorded.elsewhere` a finding that says what it was loaded as. `results` are by entry.
void note_copies_elsewhere(const Recorded& recorded, Results& results);

/// The results of the unreadable records, by Batch::unreadable.
Results results_of_unreadable(const Batch& batch, const Recorded& recorded);

}  // namespace offcirc
