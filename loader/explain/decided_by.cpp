#include "loader/explain/decided_by.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

bool was_loaded(const StoryResult& result) {
  return result.stored.result.disposition == Disposition::loaded ||
         result.stored.result.disposition == Disposition::follow_up;
}

std::string_view whose_due_date(DueFrom due_from) {
  switch (due_from) {
    case DueFrom::transaction:
      return "; the due date is what the desk gave";
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
    return fmt::format("Under {}, the library's default loan: no row of the circulation map lends it{}.",
                       result.loan_rule, due);
  const StoryMapRow& row = *result.map_row;
  return fmt::format("Under {}, by line {} of the circulation map ({}, {}, {}){}.", result.loan_rule, row.line,
                     row.library, row.user_profile, row.item_type, due);
}

// Whether the configuration has chosen, or it is so by itself.
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
  if (result.clock_offset == k_no_time) return "The log itself says a corrected time.";
  const Seconds size = std::abs(result.clock_offset);
  return fmt::format("The station's clock was corrected by {}{:02}:{:02}:{:02}.", result.clock_offset < 0 ? '-' : '+',
                     size / 3600, size / 60 % 60, size % 60);
}

// What an earlier try was told holds for the later ones too.
std::string since_sentence(const StoryResult& result, const Zone& zone) {
  const Disposition disposition = result.stored.result.disposition;
  if (!result.accepted_since || disposition == Disposition::unreadable || disposition == Disposition::already_loaded)
    return {};
  return fmt::format("What is not older than {} was accepted, as --since said.",
                     iso_time(*result.accepted_since, zone));
}

std::string charge_words(const StoryCharge& charge, const Zone& zone) {
  if (charge.user_id.empty()) return "not charged";
  std::string words = fmt::format("charged to {}", charge.user_id);
  if (!charge.library.empty()) words += fmt::format(" at {}", charge.library);
  words += fmt::format(", due {}", iso_time(charge.due_at, zone));
  if (!charge.rule.empty()) words += fmt::format(", under {}", charge.rule);
  if (charge.renewals > 0) words += fmt::format(", renewals: {}", charge.renewals);
  return words;
}

std::string_view or_nowhere(const std::string& location) {
  return location.empty() ? std::string_view("nowhere") : std::string_view(location);
}

}  // namespace

std::vector<std::string> decided_by(const StoryResult& result, const Zone& zone) {
  std::vector<std::string> sentences = {outcome_sentence(result)};
  if (!result.loan_rule.empty()) sentences.push_back(loan_sentence(result));
  if (!result.fine_rule.empty())
    sentences.push_back(fmt::format("The bill is under {}, which the charge was made under.", result.fine_rule));
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
        fmt::format("at {}, then at {}", or_nowhere(change.location_before), or_nowhere(change.location_after)));
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
