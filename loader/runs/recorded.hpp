// Which records of a batch are recorded already, so that nothing is loaded twice; and which only look as if they were.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// A copy that lies under another library or station than the record that was loaded.
struct CopyElsewhere {
  std::uint32_t record = 0;  ///< index into Batch::entries; from their number on, into Batch::unreadable
  NewSentence sentence;      ///< of library-mismatch
};

/// What an earlier load that stands has recorded, or an earlier copy of the log in this one.
struct Recorded {
  std::vector<bool> entries;     ///< by Batch::entries
  std::vector<bool> unreadable;  ///< by Batch::unreadable
  std::vector<CopyElsewhere> elsewhere = {};
  std::vector<std::int64_t> closed = {};  ///< rows of unreadable records whose whole records are in the batch
};

struct CopyOptions {
  bool as_new = false;   ///< --as-new
  bool dry_run = false;  ///< nothing is there to be undone
  const Zone& zone;
};

/// A stage of a load, before the rules: settles the identities of lists, finds all copies, tells
/// the batch which records may have been loaded before, and notes on each log what staff should know of it.
Recorded find_recorded(Batch& batch, const CopyOptions& how, Database& database);

/// Says of each copy that lies elsewhere what it was loaded as. `results` are by entry.
void note_copies_elsewhere(const Recorded& recorded, Results& results);

/// By Batch::unreadable.
Results results_of_unreadable(const Batch& batch, const Recorded& recorded);

}  // namespace offcirc
