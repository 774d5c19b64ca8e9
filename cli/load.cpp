#include "cli/load.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
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
    if (m_check) return spec;
    spec.options.push_back(text_option(
        "--archive", "DIR", "Move a log into this folder once it is loaded; never over another", m_archive_folder));
    spec.options.push_back(flag_option("--dry-run", "The same as 'offcirc check'", m_options.dry_run));
    return spec;
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    Config config = open_config(common);
    check_library(m_options.intake.library, config);
    m_options.intake.paths = paths;
    m_options.intake.leave_out = m_archive_folder;
    std::optional<LogArchive> archive;
    if (!m_archive_folder.empty() && !m_options.dry_run) archive.emplace(m_archive_folder, paths);
    m_run.prepare(common, config);
    if (m_settle_seconds > 0) m_options.intake.settled_before = m_options.now - m_settle_seconds;
    m_run.show_progress(console);
    const LoadOutcome outcome = run_load(m_options, config);
    const ExitStatus status = m_run.report(outcome, common, config, console);
    return archive && !archive_logs(*archive, outcome, console) ? ExitStatus::incomplete : status;
  }

 private:
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
  std::string m_archive_folder;
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
