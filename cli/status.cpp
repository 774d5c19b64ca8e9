#include <optional>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "loader/runs/status.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

class StatusCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"status",
            "Show the loads, the missing stations, and what is pending",
            {},
            {flag_option("--json", "Print it as JSON instead of text", m_json),
             flag_option("--check", "Show only problems, and exit with 1 if there are any", m_check),
             {"--max-age", "HOURS", "Also report a problem if the last load is older than this",
              [this](const std::string& value) { m_max_age_hours = read_hours("--max-age", value); }}},
            {{"status", "What has been loaded, what is missing, and what is pending"},
             {"status --check --max-age 80", "Only problems, for monitoring over a weekend"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions& common, Console& console) override {
    const Config config = open_config(common);
    const std::filesystem::path database = database_of(common, config);
    Store store(database, Store::Access::read);
    const Status status = read_status(store.database(), database, config, now_of(common), m_max_age_hours);
    StandardOutput output;
    output.write((m_json ? status_json : m_check ? problems_text : status_text)(status, config.policy.zone));
    const ExitStatus written = output.finish(console);
    if (written != ExitStatus::done) return written;
    return m_check && !status.problems.empty() ? ExitStatus::incomplete : ExitStatus::done;
  }

 private:
  bool m_json = false, m_check = false;
  std::optional<int> m_max_age_hours;
};

}  // namespace

std::unique_ptr<Command> make_status_command() {
  return std::make_unique<StatusCommand>();
}

}  // namespace offcirc
