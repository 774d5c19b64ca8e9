#include "loader/explain/explain.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "loader/explain/decided_by.hpp"
#include "loader/rules/fine.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/user_status.hpp"
#include "loader/stored_report.hpp"

namespace offcirc {
namespace {

std::string_view name_of(UserStatus status) {
  switch (status) {
    case UserStatus::barred:
      return "barred";
    case UserStatus::blocked:
      return "blocked";
    case UserStatus::delinquent:
      return "delinquent";
    case UserStatus::ok:
      break;
  }
  return "ok";
}

// As a transaction of now would find it.
void add_standing(Story& story, const std::string& user_id, Store& store, Config& config) {
  ReadSet read_set;
  read_set.user_ids = {user_id};
  const State state = store.fetch(read_set, config.policy);
  if (state.user_of_key.front().slot == k_none) return;
  const UserStanding standing =
      standing_of(state.users[state.user_of_key.front().slot], story.question.now, state, config.policy);
  story.facts.push_back({"Status", std::string(name_of(standing.status))});
  story.facts.push_back({"Owes", fmt::format("{}, fines that accrue included", money(standing.owed_cents))});
}

StoryEntry entry_of(const StoryResult& from, const Zone& zone) {
  StoryEntry entry;
  entry.load = from.load;
  entry.result = report_of(from.stored, from.log, from.load.operator_name);
  entry.rules = decided_by(from, zone);
  entry.changes = changes_of(from, zone);
  entry.given = given_facts(from);
  return entry;
}

void add_remarks(Story& story, Store& store) {
  const std::int64_t pruned = store.count_pruned_loads();
  if (pruned == 0 || story.question.of != StoryQuestion::Of::user) return;
  story.remarks.push_back(
      fmt::format("What {} load{} said of people was removed by 'offcirc prune', and is missing here.", pruned,
                  pruned == 1 ? "" : "s"));
}

void ask_about(Story& story, Store& store, Config& config) {
  const StoryQuestion& question = story.question;
  const Zone& zone = config.policy.zone;
  std::optional<SubjectFacts> known;
  switch (question.of) {
    case StoryQuestion::Of::result:
      story.is_known = true;
      story.source.push_back(store.story_of_result(question.result));
      return;
    case StoryQuestion::Of::item:
      known = store.find_item_facts(question.id, zone);
      story.source = store.story_of_item(question.id);
      break;
    case StoryQuestion::Of::user:
      known = store.find_user_facts(question.id, zone);
      story.source = store.story_of_user(known ? known->ids : std::vector<std::string>{question.id});
      break;
  }
  story.is_known = known.has_value();
  if (!known) return;
  story.heading = known->heading;
  if (question.of == StoryQuestion::Of::user) add_standing(story, known->ids.front(), store, config);
  for (Fact& fact : known->facts) story.facts.push_back(std::move(fact));
  if (known->ids.front() != question.id) story.facts.insert(story.facts.begin(), {"User ID", known->ids.front()});
}

}  // namespace

Story explain(const StoryQuestion& question, Store& store, Config& config) {
  Story story;
  story.question = question;
  store.begin(0);
  ask_about(story, store, config);
  for (const StoryResult& one : story.source) story.entries.push_back(entry_of(one, config.policy.zone));
  add_remarks(story, store);
  return story;
}

}  // namespace offcirc
