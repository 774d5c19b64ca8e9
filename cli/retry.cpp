#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/load.hpp"
#include "cli/option_values.hpp"

namespace offcirc {
namespace {

class RetryCommand : public Command {
 public:
  CommandSpec specify() override {
    CommandSpec spec{"retry",
                     "Load rejected transactions after the causes have been fixed",
                     {"LOAD", "the number of a load", false, true},
                     {{"--only", "LOAD:N,...", "Only these results, by their numbers in the reports; may be repeated",
                       [this](const std::string& value) {
                         for (const ResultName& name : read_result_names("--only", value))
                           m_options.choice.only.push_back(name);
                       },
                       true},
                      text_option("--library", "CODE", "The library of all of them, even if their logs name another",
                                  m_options.corrections.library),
                      clock_option(m_options.corrections.clock_offsets)}};
    for (OptionSpec& option : m_run.option_specs()) spec.options.push_back(std::move(option));
    spec.options.push_back(
        flag_option("--dry-run", "Report what a retry would do, without changing anything", m_options.dry_run));
    spec.examples = {
        {"retry --dry-run", "What would still be rejected"},
        {"retry 3", "What load 3 rejected, after the causes have been fixed"},
        {"retry --only 3:12,3:40 --override user-blocked", "Two results of load 3 whose users may borrow after all"}};
    return spec;
  }

  ExitStatus run(const std::vector<std::string>& loads, const CommonOptions& common, Console& console) override {
    if (!loads.empty() && !m_options.choice.only.empty())
      throw UsageError("'offcirc retry' takes a LOAD or --only, not both: --only already names the load.");
    if (!loads.empty()) m_options.choice.load = read_load_number(loads.front());
    Config config = open_config(common);
    check_library(m_options.corrections.library, config);
    m_run.prepare(common, config);
    m_run.show_progress(console);
    const LoadOutcome outcome = run_retry(m_options, config);
    if (outcome.batch.entries.empty())
      return m_run.report_nothing(outcome, "There is nothing to retry.", config, console);
    return m_run.report(outcome, common, config, console);
  }

 private:
  RetryOptions m_options;
  LoadRun m_run{m_options};
};

}  // namespace

std::unique_ptr<Command> make_retry_command() {
  return std::make_unique<RetryCommand>();
}

}  // namespace offcirc
