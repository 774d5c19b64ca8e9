#include <fmt/format.h>

#include <optional>

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/config_check.hpp"
#include "cli/config_rule.hpp"
#include "cli/option_values.hpp"
#include "cli/standard_output.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

class ConfigCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"config",
            "Show the configuration as it takes effect, or which rule an item is lent under",
            {"check|rule", "'check' or 'rule'", false, false, {"check", "rule"}},
            {text_option("--library", "CODE", "rule: the library that lends", m_question.library),
             text_option("--profile", "NAME", "rule: the profile of the user", m_question.profile),
             text_option("--item-type", "CODE", "rule: the type of the item", m_question.item_type),
             {"--at", "TIME", "rule: when it is checked out (default: now)",
              [this](const std::string& value) { m_at = read_time("--at", value); }}},
            {{"config check", "Each value, where it comes from, and what is wrong"},
             {"config rule --library OSH --profile PUBLIC --item-type DVD",
              "For how long a DVD is lent, and which line of the map says so"}}};
  }

  ExitStatus run(const std::vector<std::string>& words, const CommonOptions& common, Console& console) override {
    if (words.front() == "check") return check(open_config(common), console);
    if (words.front() == "rule") return rule(common, console);
    throw UsageError(fmt::format("'offcirc config' knows check and rule, not '{}'.", words.front()));
  }

 private:
  ExitStatus check(const Config& config, const Console& console) const {
    if (has_question() || m_at) throw UsageError("--library, --profile, --item-type and --at are for 'config rule'.");
    const std::vector<std::string> remarks = config_remarks(config);
    StandardOutput output;
    output.write(effective_text(config));
    output.write(remarks.empty() ? "\nThere is nothing to look at.\n" : "\nTo look at:\n");
    for (const std::string& remark : remarks) output.write(fmt::format("  {}\n", remark));
    const ExitStatus written = output.finish(console);
    return written == ExitStatus::done && !remarks.empty() ? ExitStatus::incomplete : written;
  }

  ExitStatus rule(const CommonOptions& common, const Console& console) {
    if (m_question.library.empty() || m_question.profile.empty() || m_question.item_type.empty())
      throw UsageError("'offcirc config rule' needs --library, --profile and --item-type.");
    const Config config = open_config(common);
    m_question.at = m_at ? utc_of(*m_at, config.policy.zone) : now_of(common);
    StandardOutput output;
    output.write(explain_rule(m_question, config));
    return output.finish(console);
  }

  [[nodiscard]] bool has_question() const {
    return !m_question.library.empty() || !m_question.profile.empty() || !m_question.item_type.empty();
  }

  RuleQuestion m_question;
  std::optional<Stamp> m_at;
};

}  // namespace

std::unique_ptr<Command> make_config_command() {
  return std::make_unique<ConfigCommand>();
}

}  // namespace offcirc
