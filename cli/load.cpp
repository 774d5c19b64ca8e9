#include "cli/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/intake_flags.hpp"
#include "cli/invocation.hpp"
#include "cli/option_values.hpp"
#include "cli/report_folder.hpp"
#include "cli/send_mail.hpp"
#include "cli/smtp_helper.hpp"
#include "cli/standard_output.hpp"
#include "loader/load.hpp"
#include "loader/log_archive.hpp"
#include "loader/mail/addressees.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/summary.hpp"

namespace offcirc {
namespace {

bool all_was_loaded(const Report& report) {
  const bool all_read =
      std::none_of(report.logs.begin(), report.logs.end(), [](const ReportLog& log) { return log.error.has_value(); });
  return all_read && report.totals.rejected == 0 && report.totals.unreadable == 0;
}

std::string archive_text(const ArchiveOutcome& archived, const std::string& folder) {
  std::string text = fmt::format("{} moved to {}.", counted(static_cast<std::int64_t>(archived.moved), "file"), folder);
  if (archived.unread > 0)
    text += fmt::format(" {} {}, since not all was read.", counted(static_cast<std::int64_t>(archived.unread), "file"),
                        archived.unread == 1 ? "stays" : "stay");
  return text;
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
    for (OptionSpec& option : own_options()) spec.options.push_back(std::move(option));
    return spec;
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    Config config = open_config(common);
    fill_in(paths, common, config);
    std::optional<ReportFolder> folder;
    if (!m_report_folder.empty()) folder.emplace(m_report_folder);

    std::optional<LogArchive> archive;
    if (!m_archive_folder.empty() && !m_options.dry_run) archive.emplace(m_archive_folder, paths);

    std::unique_ptr<Delivery> delivery;
    if (m_options.mail) {
      delivery = make_delivery(config, find_smtp_helper());
      require_mail_addresses(config);
    }

    Progress& progress = console.begin_progress(m_options.dry_run ? k_check_shares : k_load_shares);
    m_options.progress = &progress;
    const LoadOutcome outcome = run_load(m_options, config);
    progress.begin(Stage::reporting, 0);
    const Report report = make_report(outcome, config);
    ExitStatus status = all_was_loaded(report) ? ExitStatus::done : ExitStatus::incomplete;
    if (folder && !write_folder(*folder, report, config, console)) status = failed();
    console.end_progress();
    if (print(report, config, console) != ExitStatus::done) status = failed();
    console.note(summary_of(report));
    if (archive && !archive_logs(*archive, outcome, report, console)) status = failed();
    if (delivery && !mail(outcome, config, *delivery, common, console)) status = failed();
    return status;
  }

 private:
  std::vector<OptionSpec> own_options() {
    std::vector<OptionSpec> options = {
        {"--since", "TIME", "Accept what is not older than this (default: max_age_days of the configuration)",
         [this](const std::string& value) { m_since = read_time("--since", value); }},
        {"--override", "CODE,...", "Load what would be rejected for these outcomes; may be repeated",
         [this](const std::string& value) { m_options.overrides.merge(read_overrides(value)); }, true},
        flag_option("--json", "Print the report as JSON instead of text", m_json),
        text_option("--report", "DIR",
                    "Write the report into this folder too, in all forms, whole and for each library", m_report_folder),
        flag_option("--mail", m_check ? "Say whom a load would send its reports to" : "Send the reports by mail",
                    m_options.mail),
        {"--settle", "SECONDS", "Leave a log alone that was written to more recently (default: 0, none)",
         [this](const std::string& value) { m_settle_seconds = read_seconds("--settle", value); }},
        wait_option(m_options.wait_seconds),
    };
    if (!m_check) {
      options.push_back(text_option(
          "--archive", "DIR", "Move a log into this folder once it is loaded; never over another", m_archive_folder));
      options.push_back(flag_option("--dry-run", "The same as 'offcirc check'", m_options.dry_run));
    }
    return options;
  }

  void fill_in(const std::vector<std::string>& paths, const CommonOptions& common, const Config& config) {
    check_library(m_options.intake.library, config);
    m_options.intake.paths = paths;
    m_options.intake.leave_out = m_archive_folder;
    m_options.database = database_of(common, config);
    if (m_since) m_options.since = utc_of(*m_since, config.policy.zone);
    const Invocation invocation = invocation_of(common);
    m_options.now = invocation.at;
    if (m_settle_seconds > 0) m_options.intake.settled_before = m_options.now - m_settle_seconds;
    m_options.operator_name = invocation.operator_name;
    m_options.command = invocation.command;
    m_options.program_version = invocation.program_version;
  }

  /// Once the load is durable, a report that fails does not make it undone.
  [[nodiscard]] ExitStatus failed() const {
    return m_options.dry_run ? ExitStatus::did_not_run : ExitStatus::incomplete;
  }

  [[nodiscard]] std::string what_stands(const Report& report) const {
    if (m_options.dry_run) return "Nothing was changed.";
    return fmt::format("Load {} is in the database all the same; its logs need not be loaded again.", report.load);
  }

  bool write_folder(ReportFolder& folder, const Report& report, const Config& config, const Console& console) const {
    try {
      folder.write(report, config);
      return true;
    } catch (const RunError& error) {
      console.error(fmt::format("{} {}", error.what(), what_stands(report)));
      return false;
    }
  }

  bool archive_logs(LogArchive& archive, const LoadOutcome& outcome, const Report& report,
                    const Console& console) const {
    const ArchiveOutcome archived = archive.move(outcome.batch);
    for (const std::string& sentence : archived.stay) console.note(sentence);
    for (const std::string& sentence : archived.failures) console.error(sentence);
    console.note(archive_text(archived, m_archive_folder));
    if (!archived.failures.empty())
      console.error(fmt::format("{} Move {} by hand, or leave {}.", what_stands(report),
                                archived.failures.size() == 1 ? "this one" : "these",
                                archived.failures.size() == 1 ? "it" : "them"));
    return archived.failures.empty();
  }

  ExitStatus print(const Report& report, const Config& config, const Console& console) const {
    StandardOutput output;
    output.write(*find_rendering(m_json ? "json" : "text"), report, config.policy.zone);
    return output.finish(console, what_stands(report), failed());
  }

  bool mail(const LoadOutcome& outcome, const Config& config, Delivery& delivery, const CommonOptions& common,
            const Console& console) const {
    if (!outcome.dry_run)
      return send_mail_of(outcome, m_options.database, config, delivery, common, m_options.wait_seconds, console);
    name_addressees(outcome, config, console);
    return true;
  }

  bool m_check;
  bool m_json = false;
  std::string m_report_folder;
  std::string m_archive_folder;
  std::optional<Stamp> m_since;
  int m_settle_seconds = 0;
  LoadOptions m_options;
};

}  // namespace

std::unique_ptr<Command> make_load_command(bool check) {
  return std::make_unique<LoadCommand>(check);
}

std::unique_ptr<Command> make_load_command() {
  return make_load_command(false);
}

}  // namespace offcirc
