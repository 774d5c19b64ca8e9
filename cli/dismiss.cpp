#include <fmt/format.h>

#include <string_view>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/option_values.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

class DismissCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"dismiss",
            "Close rejected transactions and unreadable records that were settled by hand",
            {"LOAD:N,...", "the results to close, by their numbers in the reports", true},
            {text_option("--note", "TEXT", "How they were settled; shown in reports", m_options.note),
             flag_option("--undo", "Reopen them", m_options.undo), wait_option(m_options.wait_seconds)},
            {{"dismiss 3:12,3:40 --note 'entered by hand'", "Two results of load 3 that no longer need a retry"},
             {"dismiss --undo 3:12", "It was not settled after all"}}};
  }

  ExitStatus run(const std::vector<std::string>& results, const CommonOptions& common, Console& console) override {
    if (m_options.undo && !m_options.note.empty())
      throw UsageError("'offcirc dismiss' takes --note or --undo, not both.");
    for (const std::string& names : results)
      for (const ResultName& name : read_result_names("'offcirc dismiss'", names)) m_options.results.push_back(name);
    m_options.invocation = invocation_of(without_note(common));
    const Config config = open_config(common);
    Store store(database_of(common, config), Store::Access::write);
    const auto count = static_cast<std::int64_t>(store.dismiss(m_options));
    console.note(fmt::format("{} {} {}.", counted(count, "result"), count == 1 ? "was" : "were",
                             m_options.undo ? "reopened" : "dismissed; 'offcirc dismiss --undo' reopens a result"));
    return ExitStatus::done;
  }

 private:
  // The note may name people. It is stored where 'offcirc prune' can remove it, so the recorded command must omit it.
  static CommonOptions without_note(const CommonOptions& common) {
    constexpr std::string_view k_option = "--note";
    CommonOptions without = common;
    bool is_note = false;
    for (std::string& argument : without.arguments) {
      if (is_note) argument = "...";
      is_note = argument == k_option;
      if (argument.starts_with("--note=")) argument = "--note=...";
    }
    return without;
  }

  DismissOptions m_options;
};

}  // namespace

std::unique_ptr<Command> make_dismiss_command() {
  return std::make_unique<DismissCommand>();
}

}  // namespace offcirc
