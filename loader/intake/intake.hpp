// From paths to one batch: finds the logs, reads them, puts them on one clock and into one order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/model/batch.hpp"
#include "loader/progress.hpp"

namespace offcirc {

struct IntakeOptions {
  std::vector<std::string> paths;  ///< files, folders, archives, `-`
  std::string format;              ///< empty: by content
  std::string library;             ///< --library: overrides what the logs say
  std::string station;             ///< --station
  /// --clock: `STATION` or `LIBRARY/STATION` (normal form) -> seconds added; goes before the config's.
  std::map<std::string, Seconds> clock_offsets;
  std::optional<Stamp> at;   ///< --at: of formats without times
  std::optional<Kind> kind;  ///< --kind: of lists that do not say what was done
  bool as_new = false;       ///< --as-new: a list that is known as a whole is another day's
  std::string leave_out;     ///< a folder below the paths whose logs are not taken; empty: none
  /// UTC: what is later was recorded by a clock that is ahead. Not given: clocks are not compared with it.
  std::optional<Seconds> now;
  /// UTC: a file that was written to after this is left alone (--settle). Not given: none is.
  std::optional<Seconds> settled_before;
};

/// Throws RunError where a path that was named can't be read, or a named log is of no known format; what is found so
/// below a folder gets Log::error and the others are read. Likewise where --clock is given for a station that is not
/// among those of the logs.
Batch read_batch(const IntakeOptions& options, const Config& config, Progress& progress = Progress::nobody());

}  // namespace offcirc
