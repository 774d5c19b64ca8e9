#include "loader/runs/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "formats/fields.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/circulation/subject_facts.hpp"
#include "loader/journal/story.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/money.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/runs/stored_report.hpp"

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

// The status as a transaction recorded now would find it.
void add_standing(Story& story, const std::string& user_id, Database& database, Config& config) {
  ReadSet read_set;
  read_set.user_ids = {user_id};
  const State state = fetch_state(database, read_set, config.policy);
  if (state.user_of_key.front().slot == k_none) return;
  const UserStanding standing =
      standing_of(state.users[state.user_of_key.front().slot], story.question.now, state, config.policy);
  story.facts.push_back({"Status", std::string(name_of(standing.status))});
  story.facts.push_back({"Owes", fmt::format("{}, including accruing fines", money(standing.owed_cents))});
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

void add_remarks(Story& story, Database& database) {
  const std::int64_t pruned = count_pruned_loads(database);
  if (pruned == 0 || story.question.of != StoryQuestion::Of::user) return;
  story.remarks.push_back(
      fmt::format("The personal data of {} load{} was removed by 'offcirc prune' and is missing here.", pruned,
                  pruned == 1 ? "" : "s"));
}

void ask_about(Story& story, Database& database, Config& config) {
  const StoryQuestion& question = story.question;
  const Zone& zone = config.policy.zone;
  std::optional<SubjectFacts> known;
  switch (question.of) {
    case StoryQuestion::Of::result:
      story.is_known = true;
      story.source.push_back(story_of_result(database, question.result));
      return;
    case StoryQuestion::Of::item:
      known = find_item_facts(database, question.id, zone);
      story.source = story_of_item(database, question.id);
      break;
    case StoryQuestion::Of::user:
      known = find_user_facts(database, question.id, zone);
      story.source = story_of_user(database, known ? known->ids : std::vector<std::string>{question.id});
      break;
  }
  story.is_known = known.has_value();
  if (!known) return;
  story.heading = known->heading;
  if (question.of == StoryQuestion::Of::user) add_standing(story, known->ids.front(), database, config);
  for (Fact& fact : known->facts) story.facts.push_back(std::move(fact));
  if (known->ids.front() != question.id) story.facts.insert(story.facts.begin(), {"User ID", known->ids.front()});
}

}  // namespace

Story explain(const StoryQuestion& question, Store& store, Config& config) {
  Story story;
  story.question = question;
  store.begin(0);
  Database& database = store.database();
  ask_about(story, database, config);
  for (const StoryResult& one : story.source) story.entries.push_back(entry_of(one, config.policy.zone));
  add_remarks(story, database);
  return story;
}

namespace {

bool was_loaded(const StoryResult& result) {
  return result.stored.result.disposition == Disposition::loaded ||
         result.stored.result.disposition == Disposition::follow_up;
}

std::string_view whose_due_date(DueFrom due_from) {
  switch (due_from) {
    case DueFrom::transaction:
      return "; the desk set the due date";
    case DueFrom::session:
      return "; the due date is the session's default";
    case DueFrom::policy:
    case DueFrom::none:
      break;
  }
  return "";
}

std::string loan_sentence(const StoryResult& result) {
  const std::string_view due = whose_due_date(result.stored.result.due_from);
  if (!result.map_row)
    return fmt::format("Loan by {}, the library's default loan: no row of the circulation map allows a loan{}.",
                       result.loan_rule, due);
  const StoryMapRow& row = *result.map_row;
  return fmt::format("Loan by {}, from line {} of the circulation map ({}, {}, {}){}.", result.loan_rule, row.line,
                     row.library, row.user_profile, row.item_type, due);
}

// Says whether the configuration decided, or whether the outcome always has this effect.
std::string outcome_sentence(const StoryResult& result) {
  const Result& decided = result.stored.result;
  if (decided.findings.empty()) return {};
  const Finding& finding = decided.findings.front();
  const OutcomeFacts& facts = facts_of(finding.outcome);
  const bool rejected = decided.disposition == Disposition::rejected;
  const bool rejects_by_itself = facts.outcome_class == OutcomeClass::rejected;
  if (!rejected && !was_loaded(result)) return {};
  if (finding.overridden) return fmt::format("{} was overridden.", facts.code);
  if (is_configurable(facts) && facts.outcome_class != OutcomeClass::note)
    return fmt::format("{} = \"{}\", {}.", facts.code, rejected ? "reject" : "load",
                       rejected == rejects_by_itself ? "the default" : "as configured");
  if (is_configurable(facts) && rejected) return fmt::format("{} = \"reject\", as configured.", facts.code);
  if (!rejected) return {};
  return fmt::format("{} is always rejected{}.", facts.code,
                     facts.choice == Choice::override_only ? ", unless it is overridden" : "");
}

std::string clock_sentence(const StoryResult& result) {
  if (result.stored.kind.empty() || result.clock_offset == 0) return {};
  if (result.clock_offset == k_no_time) return "The log itself gives a corrected time.";
  const Seconds size = std::abs(result.clock_offset);
  return fmt::format("The station's clock was corrected by {}{:02}:{:02}:{:02}.", result.clock_offset < 0 ? '-' : '+',
                     size / 3600, size / 60 % 60, size % 60);
}

// The --since of an earlier attempt also applies to later ones.
std::string since_sentence(const StoryResult& result, const Zone& zone) {
  const Disposition disposition = result.stored.result.disposition;
  if (!result.accepted_since || disposition == Disposition::unreadable || disposition == Disposition::already_loaded)
    return {};
  return fmt::format("Records from {} on were accepted (--since).", iso_time(*result.accepted_since, zone));
}

std::string charge_words(const StoryCharge& charge, const Zone& zone) {
  if (charge.user_id.empty()) return "not checked out";
  std::string words = fmt::format("checked out to {}", charge.user_id);
  if (!charge.library.empty()) words += fmt::format(" at {}", charge.library);
  words += fmt::format(", due {}", iso_time(charge.due_at, zone));
  if (!charge.rule.empty()) words += fmt::format(", loan rule {}", charge.rule);
  if (charge.renewals > 0) words += fmt::format(", renewals: {}", charge.renewals);
  return words;
}

std::string_view or_nowhere(const std::string& location) {
  return location.empty() ? std::string_view("no location") : std::string_view(location);
}

}  // namespace

std::vector<std::string> decided_by(const StoryResult& result, const Zone& zone) {
  std::vector<std::string> sentences = {outcome_sentence(result)};
  if (!result.loan_rule.empty()) sentences.push_back(loan_sentence(result));
  if (!result.fine_rule.empty())
    sentences.push_back(fmt::format("Fine by {}, kept from the checkout.", result.fine_rule));
  sentences.push_back(clock_sentence(result));
  sentences.push_back(since_sentence(result, zone));
  std::erase_if(sentences, [](const std::string& sentence) { return sentence.empty(); });
  return sentences;
}

std::vector<std::string> changes_of(const StoryResult& result, const Zone& zone) {
  std::vector<std::string> changes;
  if (!result.change) return changes;
  const StoryChange& change = *result.change;
  if (change.moved)
    changes.push_back(
        fmt::format("location {}, then {}", or_nowhere(change.location_before), or_nowhere(change.location_after)));
  if (change.recharged)
    changes.push_back(fmt::format("{}, then {}", charge_words(change.before, zone), charge_words(change.after, zone)));
  return changes;
}

std::vector<Fact> given_facts(const StoryResult& result) {
  std::vector<Fact> facts;
  const auto add = [&](const char* name, std::string value) {
    if (!value.empty()) facts.push_back({name, std::move(value)});
  };
  const StoryGiven& given = result.given;
  add("Due date", given.due);
  add("Due date from", given.due_from);
  add("Date of discharge", given.discharged_on);
  if (given.amount_cents) add("Amount", money_cell(*given.amount_cents));
  if (given.count) add("Count", std::to_string(*given.count));
  add("What", given.what);
  add("Station's library", given.desk_library);
  add("Temporary library", given.temporary_library);
  add("User access", given.user_access);
  if (given.override_used) add("Override", "used at the desk");
  add("Registration", given.registration);
  return facts;
}

}  // namespace offcirc
