// Turns paths into a batch: finds the logs, reads them, corrects their clocks and merges them into one order.
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
  std::string format;              ///< empty: recognized by content
  std::string library;             ///< --library: overrides what the logs say
  std::string station;             ///< --station
  /// --clock: maps `STATION` or `LIBRARY/STATION` (normal form) to the seconds to add; overrides the config.
  std::map<std::string, Seconds> clock_offsets;
  std::optional<Stamp> at;   ///< --at: the time of transactions whose log has none
  std::optional<Kind> kind;  ///< --kind: the kind of transaction in lists that do not say it
  bool as_new = false;       ///< --as-new: a list that is already loaded is taken as another day's
  std::string leave_out;     ///< a folder below the paths whose logs are skipped; empty: none
  /// UTC: a later record comes from a clock that was ahead. If not given, clocks are not checked.
  std::optional<Seconds> now;
  /// UTC: a file modified after this is left alone (--settle). If not given, every file is read.
  std::optional<Seconds> settled_before;
};

/// Throws RunError if a named path can't be read, if a named log has no known format, or if --clock names a station
/// that none of the logs comes from. A file found below a folder that has such a problem only gets Log::error, and the
/// other logs are read.
Batch read_batch(const IntakeOptions& options, const Config& config, Progress& progress = Progress::nobody());

}  // namespace offcirc
