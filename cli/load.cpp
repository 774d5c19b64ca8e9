#include "cli/load.hpp"

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/intake_flags.hpp"
#include "cli/load_run.hpp"
#include "cli/option_values.hpp"

namespace offcirc {
namespace {

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
    if (!m_check) spec.options.push_back(flag_option("--dry-run", "The same as 'offcirc check'", m_options.dry_run));
    return spec;
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    Config config = open_config(common);
    check_library(m_options.intake.library, config);
    m_options.intake.paths = paths;
    m_run.prepare(common, config);
    if (m_settle_seconds > 0) m_options.intake.settled_before = m_options.now - m_settle_seconds;
    const LoadOutcome outcome = run_load(m_options, config);
    return m_run.report(outcome, common, config, console);
  }

 private:
  bool m_check;
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
