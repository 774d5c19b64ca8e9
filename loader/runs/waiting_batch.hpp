// Makes a batch of pending transactions from the journal, as intake makes one of logs.
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
  /// --clock: `STATION` or `LIBRARY/STATION` (normal form) -> seconds added; takes precedence over the configuration.
  std::map<std::string, Seconds> clock_offsets;
};

/// In the order in which a load would have had them, each with its prior attempt. Libraries, stations and clocks are
/// determined again, since the configuration may have been fixed. What --library, --station and --clock said before
/// still applies. Throws RunError if --clock names a station that none of the transactions is from.
Batch make_waiting_batch(const std::vector<WaitingTransaction>& waiting, const Corrections& corrections,
                         const Config& config, Progress& progress = Progress::nobody());

}  // namespace offcirc
