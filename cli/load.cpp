#include "cli/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/mail.hpp"
#include "cli/option_values.hpp"
#include "cli/send.hpp"
#include "formats/fields.hpp"
#include "loader/commit_point.hpp"
#include "loader/config/field_values.hpp"
#include "loader/mail/compose.hpp"
#include "loader/memory/pages.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/summary.hpp"
#include "loader/runs/log_archive.hpp"

namespace offcirc {

namespace {

LibraryStation of_named_library(const std::string& library, std::string_view station, const Policy& policy) {
  if (policy.find_library(library) != k_no_library) return {library, normal_station(station)};
  std::vector<std::string_view> codes;
  for (const Library& one : policy.libraries) codes.push_back(one.code);
  throw RunError(fmt::format("--expect: there is no library '{}'{} The libraries are {}.", library,
                             hint_of(library, codes), listed(codes)));
}

LibraryStation on_some_roster(const std::string& name, const Policy& policy) {
  const std::string station = normal_station(name);
  std::vector<LibraryStation> found;
  for (const LibraryStation& one : rostered_stations(policy))
    if (one.station == station) found.push_back(one);
  if (found.empty())
    throw RunError(
        fmt::format("--expect: no library has station {} on its roster. Name the library too, as in "
                    "LIBRARY/{}, or add it to stations in the configuration.",
                    name, name));
  if (found.size() > 1)
    throw RunError(fmt::format("--expect: {} and {} both have a station {}. Name the library too, as in {}/{}.",
                               found[0].library, found[1].library, name, found[0].library, name));
  return found.front();
}

}  // namespace

void add_station_names(const std::string& text, std::vector<std::string>& names) {
  std::string_view rest = text;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    const std::string_view name = trimmed(rest.substr(0, comma));
    if (name.empty() || name.front() == '/' || name.back() == '/')
      throw UsageError(
          fmt::format("--expect takes stations separated by commas, such as 0201,OSH/0202, not '{}'.", text));
    names.emplace_back(name);
    more = comma != std::string_view::npos;
    if (more) rest.remove_prefix(comma + 1);
  }
}

std::vector<LibraryStation> expected_stations(const std::vector<std::string>& names, const Policy& policy) {
  std::vector<LibraryStation> stations;
  for (const std::string& name : names) {
    const std::size_t slash = name.find('/');
    stations.push_back(slash == std::string::npos
                           ? on_some_roster(name, policy)
                           : of_named_library(name.substr(0, slash), name.substr(slash + 1), policy));
  }
  const auto by_name = [](const LibraryStation& one) { return std::tie(one.library, one.station); };
  std::sort(stations.begin(), stations.end(),
            [&](const LibraryStation& a, const LibraryStation& b) { return by_name(a) < by_name(b); });
  stations.erase(
      std::unique(stations.begin(), stations.end(),
                  [&](const LibraryStation& a, const LibraryStation& b) { return by_name(a) == by_name(b); }),
      stations.end());
  return stations;
}

namespace {

bool all_was_loaded(const Report& report) {
  const bool all_read =
      std::none_of(report.logs.begin(), report.logs.end(), [](const ReportLog& log) { return log.error.has_value(); });
  return all_read && report.totals.rejected == 0 && report.totals.unreadable == 0;
}

}  // namespace

std::vector<OptionSpec> LoadRun::option_specs() {
  return {
      {"--since", "TIME", "Accept records that are not older than this (default: max_age_days of the configuration)",
       [this](const std::string& value) { m_since = read_time("--since", value); }},
      {"--override", "CODE,...", "Load records that would be rejected with these outcomes; may be repeated",
       [this](const std::string& value) { m_options.overrides.merge(read_overrides(value)); }, true,
       overridable_codes()},
      flag_option("--json", "Print the report as JSON instead of text", m_json),
      text_option("--report", "DIR", "Also write the report into this folder, in all forms, whole and for each library",
                  m_report_folder),
      flag_option("--mail",
                  m_options.dry_run ? "Show who would receive the reports by mail" : "Send the reports by mail",
                  m_options.mail),
      flag_option("--send",
                  m_options.dry_run ? "Accepted, so that a check takes the options of a load"
                                    : "Queue what is loaded for the live system, and write upload files",
                  m_options.send),
      wait_option(m_options.wait_seconds),
  };
}

void LoadRun::prepare(const CommonOptions& common, const Config& config) {
  prepare_heap();
  m_options.database = database_of(common, config);
  if (m_since) m_options.since = utc_of(*m_since, config.policy.zone);
  const Invocation invocation = invocation_of(common);
  m_options.now = invocation.at;
  m_options.operator_name = invocation.operator_name;
  m_options.command = invocation.command;
  m_options.program_version = invocation.program_version;
  if (!m_report_folder.empty()) m_folder.emplace(m_report_folder);
  if (!m_options.mail) return;
  m_delivery = make_delivery_if_any(config, find_smtp_helper());
  require_mail_addresses(config);
}

void LoadRun::show_progress(Console& console) {
  m_options.progress = &console.begin_progress(m_options.dry_run ? k_check_shares : k_load_shares);
}

ExitStatus LoadRun::report(const LoadOutcome& outcome, const CommonOptions& common, const Config& config,
                           Console& console) {
  m_options.progress->begin(Stage::reporting, 0);
  const Report report = make_report(outcome, config);
  ExitStatus status = all_was_loaded(report) ? ExitStatus::done : ExitStatus::incomplete;
  if (m_folder && !write_folder(report, config, console)) status = failed_status();
  console.end_progress();
  if (print(report, config, console) != ExitStatus::done) status = failed_status();
  console.note(summary_of(report));
  if (m_options.mail && !mail(outcome, config, common, console)) status = failed_status();
  if (m_options.send && !outcome.dry_run &&
      !send_after_load(m_options.database, config, m_options.mail, common, m_options.wait_seconds, console))
    status = failed_status();
  return status;
}

ExitStatus LoadRun::report_nothing(const LoadOutcome& outcome, std::string_view sentence, const Config& config,
                                   Console& console) const {
  console.end_progress();
  console.note(sentence);
  return m_json ? print(make_report(outcome, config), config, console) : ExitStatus::done;
}

bool LoadRun::write_folder(const Report& report, const Config& config, const Console& console) {
  try {
    m_folder->write(report, config);
    return true;
  } catch (const RunError& error) {
    console.error(fmt::format("{} {}", error.what(), CommitPoint::done()));
    return false;
  }
}

ExitStatus LoadRun::print(const Report& report, const Config& config, const Console& console) const {
  StandardOutput output;
  output.write(*find_rendering(m_json ? "json" : "text"), report, config.policy.zone);
  return output.finish(console, CommitPoint::done());
}

bool LoadRun::mail(const LoadOutcome& outcome, const Config& config, const CommonOptions& common,
                   const Console& console) {
  if (outcome.dry_run)
    name_addressees(outcome, config, console);
  else if (m_delivery)
    return send_queued_mail(outcome.mails.size(), outcome.load, fmt::format("Load {} is in the database", outcome.load),
                            m_options.database, config, *m_delivery, common, m_options.wait_seconds, console);
  else
    say_what_waits(outcome.mails.size(), console);
  return true;
}

namespace {

std::string archive_text(const ArchiveOutcome& archived, const std::string& folder) {
  std::string text = fmt::format("{} moved to {}.", counted(static_cast<std::int64_t>(archived.moved), "file"), folder);
  if (archived.unread > 0)
    text += fmt::format(
        " {} not moved, because {} not read completely.",
        counted(static_cast<std::int64_t>(archived.unread), "file") + (archived.unread == 1 ? " was" : " were"),
        archived.unread == 1 ? "it was" : "they were");
  return text;
}

std::vector<Example> check_examples() {
  return {{"check logs", "What loading the logs in and below this folder would do"},
          {"check --clock OSH/0202=+00:07:00 logs", "The same if station 0202 was seven minutes slow"}};
}

std::vector<Example> load_examples() {
  return {{"load logs", "All logs of an outage at once, in order of time"},
          {"load --report reports --mail logs", "The same, with the reports as files and by mail"},
          {"load --library APP --station 0401 standlog", "One log that does not name its library and station"}};
}

/// load, or check, which stops before the last step.
class LoadCommand : public Command {
 public:
  explicit LoadCommand(bool check) : m_check(check) { m_options.dry_run = check; }

  CommandSpec specify() override {
    CommandSpec spec{m_check ? "check" : "load",
                     m_check ? "Report what a load would do, without changing anything"
                             : "Load offline logs into the circulation database and report the outcome of each record",
                     log_paths(), intake_option_specs(m_options.intake)};
    for (OptionSpec& option : m_run.option_specs()) spec.options.push_back(std::move(option));
    spec.options.push_back({"--settle", "SECONDS",
                            "Skip logs that were written to more recently than this (default: 0, skip none)",
                            [this](const std::string& value) { m_settle_seconds = read_seconds("--settle", value); }});
    spec.options.push_back({"--expect", "STATION,...",
                            "The stations of this outage (default: the configured rosters); may be repeated",
                            [this](const std::string& value) { add_station_names(value, m_expected); }, true});
    spec.options.push_back(
        flag_option("--require-all", "Load nothing until all stations have uploaded", m_options.roster.require_all));
    spec.options.push_back(text_option(
        "--list", "FILE", "The delinquent list that the stations had: note the checkouts that it should have stopped",
        m_list_file));
    spec.options.push_back(
        flag_option("--skip-closed-days", "Do nothing on days when the system is closed", m_skips_closed_days));
    spec.examples = m_check ? check_examples() : load_examples();
    if (m_check) return spec;
    spec.options.push_back(text_option(
        "--archive", "DIR", "Move each log into this folder after loading; never replace a file", m_archive_folder));
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
        nothing,
        "Nothing was loaded: the system is closed today, according to 'closed' in [system] of the configuration.",
        config, console);
  }

  bool archive_logs(LogArchive& archive, const LoadOutcome& outcome, const Console& console) const {
    const ArchiveOutcome archived = archive.move(outcome.batch);
    for (const std::string& sentence : archived.stay) console.note(sentence);
    for (const std::string& sentence : archived.failures) console.error(sentence);
    console.note(archive_text(archived, m_archive_folder));
    if (!archived.failures.empty())
      console.error(fmt::format("{} Move {} by hand, or leave {}.", CommitPoint::done(),
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
