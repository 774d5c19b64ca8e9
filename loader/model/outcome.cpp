#include "loader/model/outcome.hpp"

#include <array>
#include <cstddef>

namespace offcirc {

const ActionKindFacts& facts_of(ActionKind kind) {
  static constexpr std::array<ActionKindFacts, k_action_kind_count> k_facts{{
      {"look-on-shelf", "Check the shelf"},
      {"scan-again", "Check in again"},
      {"call-user", "Call the patron"},
      {"fix-record", "Fix the record"},
      {"check-station", "Check the workstation"},
      {"nothing", "Nothing to do"},
  }};
  return k_facts.at(static_cast<std::size_t>(kind));
}

namespace {

constexpr std::array<OutcomeFacts, k_outcome_count> k_facts{{
    {0, "ok", "Loaded", OutcomeClass::note, Choice::fixed, ActionKind::nothing, "Nothing."},
#define OUTCOME(number, name, code, phrase, outcome_class, choice, action_kind, action) \
  {number, code, phrase, OutcomeClass::outcome_class, Choice::choice, ActionKind::action_kind, action},
#include "loader/model/outcomes.def"
#undef OUTCOME
}};

}  // namespace

const OutcomeFacts& facts_of(Outcome outcome) {
  return k_facts.at(static_cast<std::size_t>(outcome));
}

bool is_configurable(const OutcomeFacts& facts) {
  return facts.choice == Choice::config || facts.choice == Choice::config_and_override;
}

bool is_overridable(const OutcomeFacts& facts) {
  return facts.choice == Choice::config_and_override ||
         (facts.outcome_class == OutcomeClass::rejected && facts.choice != Choice::fixed);
}

std::optional<Outcome> find_outcome(std::string_view code) {
  for (std::size_t i = 0; i < k_facts.size(); ++i)
    if (k_facts[i].code == code) return static_cast<Outcome>(i);
  return std::nullopt;
}

std::string_view name_of(Disposition disposition) {
  constexpr std::array<std::string_view, k_disposition_count> k_names{"loaded",         "follow-up",  "rejected",
                                                                      "already-loaded", "unreadable", "not-done"};
  return k_names.at(static_cast<std::size_t>(disposition));
}

}  // namespace offcirc
