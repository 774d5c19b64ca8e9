// Runs a load or a retry from beginning to end, stage by stage.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/intake/intake.hpp"
#include "loader/journal/waiting.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/load_outcome.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/outcome.hpp"
#include "loader/model/policy.hpp"
#include "loader/progress.hpp"
#include "loader/rules/replay.hpp"
#include "loader/runs/used_list.hpp"
#include "loader/runs/waiting_batch.hpp"

namespace offcirc {

/// The stations whose logs an outage should bring.
struct Roster {
  std::vector<LibraryStation> expected;  ///< --expect; empty: the rosters of the configuration
  bool require_all = false;              ///< --require-all
};

/// Returns the stations of the roster that have not uploaded for the outage: neither this load nor an earlier one since
/// the outage began has a log or a transaction of theirs. Without --expect and --require-all, only stations of
/// libraries that have a log in the load. Throws RunError, which names them, if all are required. A load without any
/// log is no outage, so it misses only stations that --expect names.
std::vector<LibraryStation> find_stations_to_come(const Batch& batch, const OutageSpan& span, const Roster& roster,
                                                  const Policy& policy, const Database& database);

/// What a run of the rules needs, wherever its transactions come from.
struct RunOptions {
  std::filesystem::path database;
  std::optional<Seconds> since;  ///< --since: replaces max_age_days
  std::set<Outcome> overrides;
  Seconds now = 0;  ///< UTC; the time as of which transactions are judged, and at which the load started
  /// Called once, for the time when the load finished. Empty: `now`, so that a run with --now always gives the same
  /// report.
  std::function<Seconds()> clock;
  bool dry_run = false;
  bool mail = false;  ///< queue the reports that go out by mail; they are sent once the load is durable
  bool send = false;  ///< queue what is loaded for the live system
  int wait_seconds = 0;
  Progress* progress = &Progress::nobody();
  std::string operator_name, command, program_version;
};

struct LoadOptions : RunOptions {
  IntakeOptions intake;
  Roster roster;
  std::optional<UsedList> used_list;  ///< --list
};

struct RetryOptions : RunOptions {
  WaitingChoice choice;
  Corrections corrections;
};

/// Reads the logs, replays them and, unless it is a dry run, writes the database. The load is durable when this
/// returns. Throws RunError if required stations have not uploaded.
LoadOutcome run_load(const LoadOptions& options, Config& config);

/// The same for pending transactions of earlier loads. If there are none, nothing is written and the outcome is empty.
LoadOutcome run_retry(const RetryOptions& options, Config& config);

}  // namespace offcirc
