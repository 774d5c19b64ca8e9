#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "formats/ids.hpp"
#include "loader/runs/story_text.hpp"

namespace offcirc {
namespace {

class ExplainCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"explain",
            "Show the history of an item, a user or a result, and the rules that applied",
            {},
            {{"--item", "ID", "The history of this item",
              [this](const std::string& value) { ask(StoryQuestion::Of::item, value); }},
             {"--user", "ID", "The history of this user, by any of the user's IDs",
              [this](const std::string& value) { ask(StoryQuestion::Of::user, value); }},
             {"--result", "LOAD:N", "One result, by its number in the report of its load",
              [this](const std::string& value) {
                ask(StoryQuestion::Of::result, value);
                const std::vector<ResultName> names = read_result_names("--result", value);
                if (names.size() != 1) throw UsageError("--result takes one result, such as 42:7.");
                m_question.result = names.front();
              }},
             flag_option("--json", "Print it as JSON instead of text", m_json)},
            {{"explain --item 31221000000013", "Where this item has been, and why"},
             {"explain --result 3:12", "Why #12 in the report of load 3 had its outcome"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions& common, Console& console) override {
    if (m_asked != 1) throw UsageError("'offcirc explain' needs one of --item ID, --user ID or --result LOAD:N.");
    Config config = open_config(common);
    m_question.now = now_of(common);
    m_question.id = strip_id(m_question.id, config.ids.strip);
    Store store(database_of(common, config), Store::Access::read);
    const Story story = explain(m_question, store, config);
    if (!story.is_known && story.entries.empty()) return say_unknown(console);
    StandardOutput output;
    (m_json ? write_story_json : write_story_text)(story, config.policy.zone,
                                                   [&output](std::string_view text) { output.write(text); });
    return output.finish(console);
  }

 private:
  void ask(StoryQuestion::Of of, const std::string& id) {
    ++m_asked;
    m_question.of = of;
    m_question.id = id;
  }

  ExitStatus say_unknown(const Console& console) const {
    const bool is_item = m_question.of == StoryQuestion::Of::item;
    console.error(fmt::format("Nothing is known about {} {}: it is neither in the database nor in a loaded log.",
                              is_item ? "item" : "user", m_question.id));
    return ExitStatus::did_not_run;
  }

  StoryQuestion m_question;
  int m_asked = 0;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() {
  return std::make_unique<ExplainCommand>();
}

}  // namespace offcirc
