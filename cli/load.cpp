#include "cli/load.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/expected_stations.hpp"
#include "cli/intake_flags.hpp"
#include "cli/load_run.hpp"
#include "cli/option_values.hpp"
#include "loader/log_archive.hpp"

namespace offcirc {
namespace {

std::string archive_text(const ArchiveOutcome& archived, const std::string& folder) {
  std::string text = fmt::format("{} moved to {}.", counted(static_cast<std::int64_t>(archived.moved), "file"), folder);
  if (archived.unread > 0)
    text += fmt::format(" {} {}, since not all was read.", counted(static_cast<std::int64_t>(archived.unread), "file"),
                        archived.unread == 1 ? "stays" : "stay");
  return text;
}

std::vector<Example> check_examples() {
  return {{"check logs", "What the logs in this folder and below it would do"},
          {"check --clock OSH/0202=+00:07:00 logs", "Whether it helps that station 0202 was seven minutes slow"}};
}

std::vector<Example> load_examples() {
  return {{"load logs", "All logs of an outage at once, in one order of time"},
          {"load --report reports --mail logs", "The same, with the reports as files and by mail"},
          {"load --library APP --station 0401 standlog", "One log, which does not say whose it is"}};
}

/// load and check: the same but for the last step.
class LoadCommand : public Command {
 public:
  explicit LoadCommand(bool check) : m_check(check) { m_options.dry_run = check; }

  CommandSpec specify() override {
    CommandSpec spec{m_check ? "check" : "load",
                     m_check ? "Report what a load would do, and change nothing"
                             : "Load offline logs into the circulation database and report what became of each line",
                     log_paths(), intake_option_specs(m_options.intake)};
    for (OptionSpec& option : m_run.option_specs()) spec.options.push_back(std::move(option));
    spec.options.push_back({"--settle", "SECONDS",
                            "Leave a log alone that was written to more recently (default: 0, none)",
                            [this](const std::string& value) { m_settle_seconds = read_seconds("--settle", value); }});
    spec.options.push_back({"--expect", "STATION,...",
                            "The stations of this outage (default: the rosters of the configuration); may be repeated",
                            [this](const std::string& value) { add_station_names(value, m_expected); }, true});
    spec.options.push_back(
        flag_option("--require-all", "Load nothing while a station has not uploaded", m_options.roster.require_all));
    spec.options.push_back(text_option(
        "--list", "FILE", "The delinquent list that the stations had: note what it should have stopped", m_list_file));
    spec.options.push_back(
        flag_option("--skip-closed-days", "Do nothing on a day on which the system is closed", m_skips_closed_days));
    spec.examples = m_check ? check_examples() : load_examples();
    if (m_check) return spec;
    spec.options.push_back(text_option(
        "--archive", "DIR", "Move a log into this folder once it is loaded; never over another", m_archive_folder));
    spec.options.push_back(flag_option("--dry-run", "The same as 'offcirc check'", m_options.dry_run));
    return spec;
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    Config config = open_config(common);
    check_library(m_options.intake.library, config);
    m_options.roster.expected = expected_stations(m_expected, config.policy);
    if (!m_list_file.empty()) m_options.used_list = read_used_list(m_list_file, config.policy.zone);
    m_options.intake.paths = paths;
    m_options.intake.leave_out = m_archive_folder;
    std::optional<LogArchive> archive;
    if (!m_archive_folder.empty() && !m_options.dry_run) archive.emplace(m_archive_folder, paths);
    m_run.prepare(common, config);
    if (m_settle_seconds > 0) m_options.intake.settled_before = m_options.now - m_settle_seconds;
    if (m_skips_closed_days && is_closed_day(config.policy)) return skip_day(config, console);
    m_run.show_progress(console);
    const LoadOutcome outcome = run_load(m_options, config);
    const ExitStatus status = m_run.report(outcome, common, config, console);
    return archive && !archive_logs(*archive, outcome, console) ? ExitStatus::incomplete : status;
  }

 private:
  [[nodiscard]] bool is_closed_day(const Policy& policy) const {
    return policy.system_calendar.is_closed(policy.zone.day_of(m_options.now));
  }

  ExitStatus skip_day(const Config& config, Console& console) const {
    LoadOutcome nothing;
    nothing.dry_run = m_options.dry_run;
    nothing.started_at = nothing.finished_at = m_options.now;
    return m_run.report_nothing(
        nothing, "Nothing was loaded: today the system is closed, says [system] closed of the configuration.", config,
        console);
  }

  bool archive_logs(LogArchive& archive, const LoadOutcome& outcome, const Console& console) const {
    const ArchiveOutcome archived = archive.move(outcome.batch);
    for (const std::string& sentence : archived.stay) console.note(sentence);
    for (const std::string& sentence : archived.failures) console.error(sentence);
    console.note(archive_text(archived, m_archive_folder));
    if (!archived.failures.empty())
      console.error(fmt::format("{} Move {} by hand, or leave {}.", m_run.what_stands(outcome),
                                archived.failures.size() == 1 ? "this one" : "these",
                                archived.failures.size() == 1 ? "it" : "them"));
    return archived.failures.empty();
  }

  bool m_check;
  std::string m_archive_folder, m_list_file;
  std::vector<std::string> m_expected;
  bool m_skips_closed_days = false;
  int m_settle_seconds = 0;
  LoadOptions m_options;
  LoadRun m_run{m_options};
};

}  // namespace

std::unique_ptr<Command> make_load_command(bool check) {
  return std::make_unique<LoadCommand>(check);
}

std::unique_ptr<Command> make_load_command() {
  return make_load_command(false);
}

}  // namespace offcirc
