// The commands load, check and retry: their options, and what is done with the outcome.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/report_folder.hpp"
#include "loader/mail/delivery.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/runs/load.hpp"

namespace offcirc {

// The stations that --expect names: those that were used in this outage, as staff write them down.

/// `0201,OSH/0202`: adds each name to `names`. UsageError where one is empty.
void add_station_names(const std::string& text, std::vector<std::string>& names);

/// `[LIBRARY/]STATION` each, by library and then as named, each once. RunError where a library is not configured, or a
/// station without one is on no roster or on several.
std::vector<LibraryStation> expected_stations(const std::vector<std::string>& names, const Policy& policy);

// What load, check and retry have in common: the options that say how to decide and whom to tell, and what is done with
// the outcome.

class LoadRun {
 public:
  /// `options` are of the load to come, and outlive this.
  explicit LoadRun(RunOptions& options) : m_options(options) {}

  /// --since, --override, --json, --report, --mail, --wait; they store into the options and into this.
  std::vector<OptionSpec> option_specs();
  /// Fills in the options' database, times and names. Asks the report folder and the configuration of mail, so that a
  /// load which could not be reported does not begin: RunError.
  void prepare(const CommonOptions& common, const Config& config);
  /// From now on the operator sees how far the run has come, until report() or report_nothing().
  void show_progress(Console& console);
  /// Of a run that had nothing to do: says so, and prints an empty report where it was asked for as JSON.
  ExitStatus report_nothing(const LoadOutcome& outcome, std::string_view sentence, const Config& config,
                            Console& console) const;
  /// Prints, writes and mails the report of the load that was run with the options.
  ExitStatus report(const LoadOutcome& outcome, const CommonOptions& common, const Config& config, Console& console);

 private:
  bool write_folder(const Report& report, const Config& config, const Console& console);
  ExitStatus print(const Report& report, const Config& config, const Console& console) const;
  bool mail(const LoadOutcome& outcome, const Config& config, const CommonOptions& common, const Console& console);

  RunOptions& m_options;
  bool m_json = false;
  std::string m_report_folder;
  std::optional<Stamp> m_since;
  std::optional<ReportFolder> m_folder;
  std::unique_ptr<Delivery> m_delivery;
};

// load and check are one command: check is the load without its last step, so nothing is written to the database.

std::unique_ptr<Command> make_load_command(bool check);

}  // namespace offcirc
