// Puts the logs of many stations into one order: as if all of it had been recorded at one desk.
#pragma once

#include <cstdint>
#include <span>

#include "formats/stamp.hpp"
#include "loader/memory/large_vector.hpp"

namespace offcirc {

/// One transaction, as far as the order is concerned.
struct RunItem {
  Seconds occurred_at = 0;
  std::uint32_t place = 0;     ///< rank of (library code, station) among those of the batch; bytewise, nothing first
  std::uint32_t position = 0;  ///< among the transactions of its log
};

/// A stretch of a log in which time never steps back.
struct Run {
  std::uint32_t log_rank = 0;  ///< of its log by (file name without folders, digest, path)
  std::span<const RunItem> items;
};

struct Merged {
  std::uint32_t run;
  std::uint32_t item;

  friend bool operator==(const Merged&, const Merged&) = default;
};

/// All items of all runs in replay order: by occurred_at, place, log_rank and position. The written order within a run
/// is kept: an item that would go before its predecessor follows it at once. The order of `runs` has no influence.
/// \pre In each run occurred_at does not descend and position ascends; no two items have both log_rank and position in
/// common. Aborts where the first two are not so.
LargeVector<Merged> merge_runs(std::span<const Run> runs);

}  // namespace offcirc
