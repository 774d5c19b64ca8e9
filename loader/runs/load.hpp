// A load from beginning to end: its stages in order.
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

// Whether all stations have uploaded for the outage: this load, and what earlier ones have of it, taken together.

/// Whose logs an outage should bring.
struct Roster {
  std::vector<LibraryStation> expected;  ///< --expect; empty: the rosters of the configuration
  bool require_all = false;              ///< --require-all
};

/// Of the roster, the stations of which no log and no transaction came: neither in this load, nor in one that was made
/// since the outage began. Without --expect and --require-all only those of libraries
/// that have a log in the load. RunError that names them, where all are required; but a load that finds no logs at all
/// is no outage, unless it was told whom to expect.
std::vector<LibraryStation> find_stations_to_come(const Batch& batch, const OutageSpan& span, const Roster& roster,
                                                  const Policy& policy, const Database& database);

/// What a run of the rules has, wherever its transactions come from.
struct RunOptions {
  std::filesystem::path database;
  std::optional<Seconds> since;  ///< --since: in place of max_age_days
  std::set<Outcome> overrides;
  Seconds now = 0;  ///< UTC; what transactions are judged by, and when the load started
  /// Asked once, for when the load finished; empty: `now`, so that a run with --now gives the same report each time.
  std::function<Seconds()> clock;
  bool dry_run = false;
  bool mail = false;  ///< queue the reports that go out by mail; they are sent when the load is durable
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

/// Reads the logs, replays them, and unless it is a dry run writes the database: durable when this returns. RunError
/// where stations are required that have not uploaded.
LoadOutcome run_load(const LoadOptions& options, Config& config);

/// The same for transactions that earlier loads have rejected and that wait. Where none does, nothing is written and
/// the outcome is empty.
LoadOutcome run_retry(const RetryOptions& options, Config& config);

}  // namespace offcirc
