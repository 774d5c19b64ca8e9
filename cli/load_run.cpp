#include "cli/load_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/invocation.hpp"
#include "cli/option_values.hpp"
#include "cli/send_mail.hpp"
#include "cli/smtp_helper.hpp"
#include "cli/standard_output.hpp"
#include "loader/mail/addressees.hpp"
#include "loader/memory/heap.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/summary.hpp"

namespace offcirc {
namespace {

bool all_was_loaded(const Report& report) {
  const bool all_read =
      std::none_of(report.logs.begin(), report.logs.end(), [](const ReportLog& log) { return log.error.has_value(); });
  return all_read && report.totals.rejected == 0 && report.totals.unreadable == 0;
}

}  // namespace

std::vector<OptionSpec> LoadRun::option_specs() {
  return {
      {"--since", "TIME", "Accept what is not older than this (default: max_age_days of the configuration)",
       [this](const std::string& value) { m_since = read_time("--since", value); }},
      {"--override", "CODE,...", "Load what would be rejected for these outcomes; may be repeated",
       [this](const std::string& value) { m_options.overrides.merge(read_overrides(value)); }, true,
       overridable_codes()},
      flag_option("--json", "Print the report as JSON instead of text", m_json),
      text_option("--report", "DIR", "Write the report into this folder too, in all forms, whole and for each library",
                  m_report_folder),
      flag_option("--mail",
                  m_options.dry_run ? "Say whom a load would send its reports to" : "Send the reports by mail",
                  m_options.mail),
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
  if (m_folder && !write_folder(outcome, report, config, console)) status = failed();
  console.end_progress();
  if (print(outcome, report, config, console) != ExitStatus::done) status = failed();
  console.note(summary_of(report));
  if (m_options.mail && !mail(outcome, config, common, console)) status = failed();
  return status;
}

ExitStatus LoadRun::report_nothing(const LoadOutcome& outcome, std::string_view sentence, const Config& config,
                                   Console& console) const {
  console.end_progress();
  console.note(sentence);
  return m_json ? print(outcome, make_report(outcome, config), config, console) : ExitStatus::done;
}

/// Once the load is durable, a report that fails does not make it undone.
ExitStatus LoadRun::failed() const {
  return m_options.dry_run ? ExitStatus::did_not_run : ExitStatus::incomplete;
}

std::string LoadRun::what_stands(const LoadOutcome& outcome) const {
  if (m_options.dry_run) return "Nothing was changed.";
  return fmt::format("Load {} is in the database all the same; its logs need not be loaded again.", outcome.load);
}

bool LoadRun::write_folder(const LoadOutcome& outcome, const Report& report, const Config& config,
                           const Console& console) {
  try {
    m_folder->write(report, config);
    return true;
  } catch (const RunError& error) {
    console.error(fmt::format("{} {}", error.what(), what_stands(outcome)));
    return false;
  }
}

ExitStatus LoadRun::print(const LoadOutcome& outcome, const Report& report, const Config& config,
                          const Console& console) const {
  StandardOutput output;
  output.write(*find_rendering(m_json ? "json" : "text"), report, config.policy.zone);
  return output.finish(console, what_stands(outcome), failed());
}

bool LoadRun::mail(const LoadOutcome& outcome, const Config& config, const CommonOptions& common,
                   const Console& console) {
  if (outcome.dry_run)
    name_addressees(outcome, config, console);
  else if (m_delivery)
    return send_mail_of(outcome, m_options.database, config, *m_delivery, common, m_options.wait_seconds, console);
  else
    say_what_waits(outcome, console);
  return true;
}

}  // namespace offcirc
