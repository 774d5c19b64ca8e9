// What the commands load, check and retry share: their options, and how they report the outcome.
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

// --expect: the stations that were used in this outage, as staff write them down.

/// Splits `0201,OSH/0202` and appends each name to `names`. UsageError if a name, or either side of its slash, is
/// empty.
void add_station_names(const std::string& text, std::vector<std::string>& names);

/// Each of `names` is `[LIBRARY/]STATION`. Returns each station once, sorted by library and station. RunError if a
/// library is not configured, or if a station named without a library is on no roster or on several.
std::vector<LibraryStation> expected_stations(const std::vector<std::string>& names, const Policy& policy);

/// One run of load, check or retry: the options they share, and the reporting at its end.
class LoadRun {
 public:
  /// `options` must outlive this object.
  explicit LoadRun(RunOptions& options) : m_options(options) {}

  /// --since, --override, --json, --report, --mail, --wait; they store into the options and into this object.
  std::vector<OptionSpec> option_specs();
  /// Sets database, time, operator and command in the options. Opens the report folder and checks the mail
  /// configuration first, so that a load that could not be reported does not start: RunError.
  void prepare(const CommonOptions& common, const Config& config);
  /// Shows progress on the console until report() or report_nothing().
  void show_progress(Console& console);
  /// Ends a run that had nothing to do: prints `sentence`, and with --json also an empty report.
  ExitStatus report_nothing(const LoadOutcome& outcome, std::string_view sentence, const Config& config,
                            Console& console) const;
  /// Prints the report, writes it into the folder of --report, and mails it if --mail was given.
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

/// Makes load, or check: the same without the last step, so it writes nothing to the database.
std::unique_ptr<Command> make_load_command(bool check);

}  // namespace offcirc
