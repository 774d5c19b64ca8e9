#include "loader/rules/findings.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace offcirc {

namespace {

// Of a rejected transaction these are true all the same (DOMAIN.md, 9).
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
  // Loaded in spite of what is normally a rejection: somebody has to look at it.
  return facts.outcome_class == OutcomeClass::rejected ? OutcomeClass::follow_up : facts.outcome_class;
}

void Findings::add(Outcome outcome, std::string message) {
  const OutcomeClass weight = class_of(outcome);
  m_rejected = m_rejected || weight == OutcomeClass::rejected;
  m_found.push_back({weight, outcome, std::move(message), is_overridden(outcome)});
}

void Findings::add_note(Outcome outcome, std::string message) {
  m_found.push_back({OutcomeClass::note, outcome, std::move(message), false});
}

void Findings::add_rejecting(Outcome outcome, std::string message) {
  const bool overridden = m_overrides->contains(outcome);
  m_rejected = m_rejected || !overridden;
  m_found.push_back(
      {overridden ? OutcomeClass::follow_up : OutcomeClass::rejected, outcome, std::move(message), overridden});
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
    return Finding{w.outcome, w.message, w.overridden, is_note};
  });
}

namespace {

/// What stands before and behind the ID; nothing behind it: the sentence ends with it.
struct Wording {
  Outcome outcome;
  std::string_view before, after;
};

// As the rules word them: the test of the disclosure holds every sentence of the rule tables against this.
constexpr std::array k_wordings = {
    Wording{Outcome::user_barred, "User is barred: ", ""},
    Wording{Outcome::user_blocked, "User is blocked: ", " owes "},
    Wording{Outcome::user_blocked, "User is blocked: ", " has "},
    Wording{Outcome::user_delinquent, "User is delinquent: ", " owes "},
    Wording{Outcome::system_user, "Not a patron: ", " is a system user ("},
    Wording{Outcome::privilege_expired, "Privilege had expired: ", "'s on "},
    Wording{Outcome::registered_later, "User ", " was registered only later in these logs"},
    Wording{Outcome::charge_limit, "Charge limit passed: user ", " had "},
    Wording{Outcome::charged_to_another, " is charged to another user: ", ""},
    Wording{Outcome::renewals_off, " was charged to user ", ", due "},
    Wording{Outcome::renewal_limit, "; it was charged to user ", ", due "},
    Wording{Outcome::item_has_hold, "; it was charged to user ", ", due "},
    Wording{Outcome::item_not_charged, " was claimed returned by user ", ""},
    Wording{Outcome::item_not_charged, " is lost by user ", ""},
    Wording{Outcome::was_charged_to_another, " was charged to user ", ", now discharged"},
    Wording{Outcome::renewed, " was charged to user ", " already"},
    Wording{Outcome::scanned_twice, " was charged to user ", " at "},
    Wording{Outcome::claims_returned, " was claimed returned by user ", ", now cleared"},
    Wording{Outcome::hold_filled, "User ", "'s hold on item "},
    Wording{Outcome::bill_created, " for user ", ", due "},
    Wording{Outcome::id_malformed, "User ID ", " is known, but "},
    Wording{Outcome::fine_waived, " for user ", ", due "},
    Wording{Outcome::returned_before_renewal, " for user ", ""},
    Wording{Outcome::nothing_owed, "User ", " paid "},
    Wording{Outcome::overpaid, "User ", " paid "},
};

// From the first place where it may begin to the last where it may end: IDs may have any words in them.
std::string_view between(std::string_view sentence, const Wording& wording) {
  const std::size_t before = sentence.find(wording.before);
  if (before == std::string_view::npos) return {};
  const std::size_t begin = before + wording.before.size();
  const std::size_t end = wording.after.empty() ? sentence.size() : sentence.rfind(wording.after);
  if (end == std::string_view::npos || end <= begin) return {};
  // Twice the same words: which of the two stands before the ID can't be told.
  if (sentence.find(wording.before, begin) != std::string_view::npos) return {};
  return sentence.substr(begin, end - begin);
}

}  // namespace

bool names_a_user(Outcome outcome) {
  return std::any_of(k_wordings.begin(), k_wordings.end(), [&](const Wording& w) { return w.outcome == outcome; });
}

std::string_view user_named_in(std::string_view sentence, Outcome outcome) {
  std::string_view longest;
  for (const Wording& wording : k_wordings) {
    if (wording.outcome != outcome) continue;
    const std::string_view named = between(sentence, wording);
    if (named.size() > longest.size()) longest = named;
  }
  return longest;
}

}  // namespace offcirc
