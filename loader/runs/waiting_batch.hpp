// The transactions that wait, read back from the journal and made into a batch, as intake makes one of logs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/journal/waiting.hpp"
#include "loader/model/batch.hpp"
#include "loader/progress.hpp"

namespace offcirc {

/// What is known better now than when the logs were loaded.
struct Corrections {
  std::string library;  ///< --library: overrides what the logs say; empty: not given
  /// --clock: `STATION` or `LIBRARY/STATION` (normal form) -> seconds added; goes before the config's.
  std::map<std::string, Seconds> clock_offsets;
};

/// In the order that a load would have given them, each with its PriorAttempt. Libraries, stations and clocks are
/// looked at anew: the configuration may have been mended. What --library, --station and --clock said before still
/// holds. RunError where --clock is given for a station that none of them is from.
Batch make_waiting_batch(const std::vector<WaitingTransaction>& waiting, const Corrections& corrections,
                         const Config& config, Progress& progress = Progress::nobody());

}  // namespace offcirc
