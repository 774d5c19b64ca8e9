#include "loader/rules/findings.hpp"

#include <algorithm>
#include <utility>

namespace offcirc {

namespace {

// These remain true of a transaction that is rejected for another reason.
bool stays_when_rejected(Outcome outcome) {
  switch (outcome) {
    case Outcome::library_mismatch:
    case Outcome::not_circulating:
    case Outcome::card_inactive:
    case Outcome::privilege_expired:
    case Outcome::charge_limit:
    case Outcome::due_date_passed:
    case Outcome::due_date_unusual:
    case Outcome::discharge_date_wrong:
    case Outcome::discharged_long_ago:
    case Outcome::clock_jumped:
    case Outcome::clock_went_backwards:
    case Outcome::registered_later:
    case Outcome::perhaps_loaded_before:
    case Outcome::user_delinquent:
      return true;
    default:
      return false;
  }
}

Outcome outcome_of(const Sentence& sentence) {
  return facts_of(sentence.form()).outcome;
}

}  // namespace

bool Findings::rejects(Outcome outcome) const {
  const OutcomeFacts& facts = facts_of(outcome);
  return is_configurable(facts) ? m_rules->rejects.test(static_cast<std::size_t>(outcome))
                                : facts.outcome_class == OutcomeClass::rejected;
}

bool Findings::is_overridden(Outcome outcome) const {
  return facts_of(outcome).outcome_class == OutcomeClass::rejected && m_overrides->contains(outcome) &&
         rejects(outcome);
}

OutcomeClass Findings::class_of(Outcome outcome) const {
  const OutcomeFacts& facts = facts_of(outcome);
  if (rejects(outcome) && !is_overridden(outcome)) return OutcomeClass::rejected;
  // It was loaded despite what is normally a rejection, so somebody has to look at it.
  return facts.outcome_class == OutcomeClass::rejected ? OutcomeClass::follow_up : facts.outcome_class;
}

void Findings::add(NewSentence sentence) {
  const Outcome outcome = outcome_of(sentence);
  const OutcomeClass weight = class_of(outcome);
  m_rejected = m_rejected || weight == OutcomeClass::rejected;
  m_found.push_back({weight, outcome, std::move(sentence), is_overridden(outcome)});
}

void Findings::add_note(NewSentence sentence) {
  const Outcome outcome = outcome_of(sentence);
  m_found.push_back({OutcomeClass::note, outcome, std::move(sentence), false});
}

void Findings::add_rejecting(NewSentence sentence) {
  const Outcome outcome = outcome_of(sentence);
  const bool overridden = m_overrides->contains(outcome);
  m_rejected = m_rejected || !overridden;
  m_found.push_back(
      {overridden ? OutcomeClass::follow_up : OutcomeClass::rejected, outcome, std::move(sentence), overridden});
}

bool Findings::has(Outcome outcome) const {
  return std::any_of(m_found.begin(), m_found.end(), [&](const Weighed& w) { return w.outcome == outcome; });
}

void Findings::write_to(Result& result) && {
  if (m_found.empty()) return;
  if (m_rejected)
    std::erase_if(m_found, [](const Weighed& w) {
      return w.weight != OutcomeClass::rejected && !stays_when_rejected(w.outcome);
    });
  std::sort(m_found.begin(), m_found.end(), [](const Weighed& a, const Weighed& b) { return a.outcome < b.outcome; });
  const auto strongest = std::min_element(m_found.begin(), m_found.end(),
                                          [](const Weighed& a, const Weighed& b) { return a.weight < b.weight; });
  result.disposition = strongest->weight == OutcomeClass::rejected    ? Disposition::rejected
                       : strongest->weight == OutcomeClass::follow_up ? Disposition::follow_up
                                                                      : Disposition::loaded;
  std::rotate(m_found.begin(), strongest, strongest + 1);
  result.findings = FindingList(m_found, [](const Weighed& w) {
    const bool is_note = w.weight == OutcomeClass::note && facts_of(w.outcome).outcome_class != OutcomeClass::note;
    return Finding{w.outcome, w.sentence, w.overridden, is_note};
  });
}

}  // namespace offcirc
