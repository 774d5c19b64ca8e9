#include <fmt/format.h>

#include <optional>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/mail.hpp"
#include "cli/option_values.hpp"
#include "loader/journal/prune.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

class PruneCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"prune",
            "Remove personal data of old loads; their logs are still recognized as loaded",
            {},
            {{"--before", "DATE", "Prune the loads that finished before this date",
              [this](const std::string& value) { m_before = read_time("--before", value); }},
             wait_option(m_options.wait_seconds)},
            {{"prune --before 2026-03-01", "Prune the loads before March"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions& common, Console& console) override {
    if (!m_before) throw UsageError("'offcirc prune' needs --before DATE.");
    const Config config = open_config(common);
    m_options.before = utc_of(*m_before, config.policy.zone);
    m_options.invocation = invocation_of(common);
    const std::filesystem::path database = database_of(common, config);
    Store store(database, Store::Access::write);
    const auto no_mail_leaves = hold_back_mail(store, database, 0, m_options.wait_seconds, m_options.invocation);
    console.note(sentences(store.prune(m_options), iso_time(m_options.before, config.policy.zone)));
    return ExitStatus::done;
  }

 private:
  static std::string sentences(const PruneCount& count, const std::string& before) {
    if (count.loads == 0) return fmt::format("No load before {} has personal data left; nothing was changed.", before);
    const std::string mails =
        count.mails == 0 ? "" : fmt::format(" {} withdrawn.", counted(count.mails, "unsent report"));
    return fmt::format(
        "Removed the personal data of {} before {}: {}, {} of them rejected. These loads can no longer be undone or "
        "retried.{}\n"
        "Older backups of the database still have the data.",
        counted(count.loads, "load"), before, counted(count.results, "result"), count.rejected, mails);
  }

  std::optional<Stamp> m_before;
  PruneOptions m_options;
};

}  // namespace

std::unique_ptr<Command> make_prune_command() {
  return std::make_unique<PruneCommand>();
}

}  // namespace offcirc
