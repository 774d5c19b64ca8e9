#include "tests/model/model.hpp"

#include <algorithm>
#include <set>

#include "tests/model/judge.hpp"

namespace offcirc::model {

namespace {

/// The outcomes that a rejected result keeps as notes in addition to those that reject it.
bool is_kept_when_rejected(Outcome code) {
  static const std::set<Outcome> k_kept = {
      Outcome::library_mismatch,  Outcome::not_circulating,      Outcome::card_inactive,
      Outcome::privilege_expired, Outcome::charge_limit,         Outcome::due_date_passed,
      Outcome::due_date_unusual,  Outcome::discharge_date_wrong, Outcome::discharged_long_ago,
      Outcome::clock_jumped,      Outcome::clock_went_backwards, Outcome::registered_later,
      Outcome::user_delinquent,   Outcome::perhaps_loaded_before};
  return k_kept.count(code) > 0;
}

bool breaks_rules(const std::string& id, const IdPattern& pattern, const IdPatterns& patterns) {
  if (pattern.is_given() && !pattern.fits(id)) return true;
  if (!patterns.check_digit) return false;
  int sum = 0, place = 0;  // the Luhn sum, from the right
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, ++place) {
    if (*digit < '0' || *digit > '9') return false;
    int value = *digit - '0';
    if (place % 2 == 1) value = value * 2 / 10 + value * 2 % 10;
    sum += value;
  }
  return sum % 10 != 0;
}

int strength(OutcomeClass outcome_class) {
  if (outcome_class == OutcomeClass::rejected) return 0;
  return outcome_class == OutcomeClass::follow_up ? 1 : 2;
}

}  // namespace

void Case::add(Outcome code) {
  const OutcomeFacts& facts = facts_of(code);
  OutcomeClass outcome_class = facts.outcome_class;
  if (is_configurable(facts)) {
    if (rules.rejects[static_cast<std::size_t>(code)]) {
      outcome_class = OutcomeClass::rejected;
    } else if (outcome_class == OutcomeClass::rejected) {
      outcome_class = OutcomeClass::follow_up;
    }
  }
  bool can_be_overridden = is_overridable(facts);
  if (can_be_overridden && options.overrides.count(code) > 0) outcome_class = OutcomeClass::follow_up;
  if (code == Outcome::due_date_unusual && transaction.due_from == DueFrom::session) outcome_class = OutcomeClass::note;
  found[code] = outcome_class;
}

bool Case::rejected() const {
  return std::any_of(found.begin(), found.end(), [](auto& one) { return one.second == OutcomeClass::rejected; });
}

Case Judge::open_case(std::size_t place) const {
  const PlainTransaction& transaction = m_transactions[place];
  const Library* library = nullptr;
  for (const Library& one : m_policy.libraries) {
    if (one.code == transaction.library) library = &one;
  }
  return Case{transaction, place, library, library ? library->offline : m_policy.default_offline, m_options, {}};
}

void Judge::judge_time_and_library(Case& c) const {
  Seconds oldest = m_options.since.value_or(m_options.now - m_policy.max_age_days * k_day_seconds);
  if (c.at() > m_options.now + 5 * 60) c.add(Outcome::clock_ahead);
  if (c.at() < oldest) c.add(Outcome::too_old);
  if (!c.library) c.add(Outcome::library_not_found);
  if (c.transaction.library_mismatch) c.add(Outcome::library_mismatch);
  if (c.transaction.perhaps_loaded) {
    c.add(Outcome::perhaps_loaded_before);
    bool waits = c.transaction.kind == Kind::payment && c.rules.rejects_repeated_payments;
    if (waits && m_options.overrides.count(Outcome::perhaps_loaded_before) == 0)
      c.found[Outcome::perhaps_loaded_before] = OutcomeClass::rejected;
  }
  if (c.transaction.clock_jumped) c.add(Outcome::clock_jumped);
  if (c.transaction.clock_went_backwards) c.add(Outcome::clock_went_backwards);
  if (c.transaction.order_assumed) c.add(Outcome::order_assumed);
}

void Judge::judge_ids(Case& c) {
  const PlainTransaction& t = c.transaction;
  Kind kind = t.kind;
  if (kind == Kind::registration || kind == Kind::unsupported || c.found.count(Outcome::scanned_twice) > 0) return;
  bool malformed = false;
  if ((kind == Kind::checkout || kind == Kind::renewal || kind == Kind::payment) && !t.user_id.empty()) {
    FoundUser user = find_user(t, c.place);
    bool by_barcode = user.id == t.user_id || user.by_inactive_card;
    if (!user.id.empty() && by_barcode) malformed = breaks_rules(t.user_id, m_options.ids.user, m_options.ids);
  }
  if (m_world.items.count(t.item_id) > 0 && breaks_rules(t.item_id, m_options.ids.item, m_options.ids)) {
    malformed = true;
  }
  if (malformed) c.add(Outcome::id_malformed);
}

Verdict Judge::conclude(const Case& c) {
  Verdict verdict;
  bool rejected = c.rejected();
  std::vector<std::pair<Outcome, OutcomeClass>> kept;
  for (auto& one : c.found) {
    if (!rejected || one.second == OutcomeClass::rejected || is_kept_when_rejected(one.first)) kept.push_back(one);
  }
  // The strongest goes first; the others keep the order of the outcomes, which is the map's.
  if (!kept.empty()) {
    auto strongest = std::min_element(kept.begin(), kept.end(),
                                      [](auto& a, auto& b) { return strength(a.second) < strength(b.second); });
    std::rotate(kept.begin(), strongest, std::next(strongest));
  }
  for (auto& one : kept) verdict.findings.push_back(one.first);
  if (rejected) {
    verdict.disposition = Disposition::rejected;
    return verdict;
  }
  if (!kept.empty() && kept.front().second == OutcomeClass::follow_up) verdict.disposition = Disposition::follow_up;
  verdict.due_at = c.due_at;
  verdict.due_from = c.due_from;
  verdict.bill_cents = c.bill_cents;
  return verdict;
}

Verdict Judge::decide(std::size_t place) {
  if (m_transactions[place].already_recorded) {
    Verdict verdict;
    verdict.disposition = Disposition::already_loaded;
    verdict.findings = {Outcome::already_loaded};
    return verdict;
  }
  if (m_transactions[place].refused_then) {
    Verdict verdict;
    verdict.disposition = Disposition::not_done;
    verdict.findings = {Outcome::refused_at_the_time};
    return verdict;
  }
  Case c = open_case(place);
  judge_time_and_library(c);
  switch (c.transaction.kind) {
    case Kind::checkout:
      checkout(c);
      break;
    case Kind::checkin:
      checkin(c);
      break;
    case Kind::renewal:
      renewal(c);
      break;
    case Kind::registration:
      registration(c);
      break;
    case Kind::payment:
      payment(c);
      break;
    case Kind::in_house_use:
      in_house_use(c);
      break;
    case Kind::unsupported:
      c.add(Outcome::unsupported);
      break;
  }
  judge_ids(c);
  return conclude(c);
}

std::vector<Verdict> judge(const std::vector<PlainTransaction>& transactions, const Policy& policy,
                           const ReplayOptions& options, World& world) {
  Judge judge(transactions, policy, options, world);
  std::vector<Verdict> verdicts;
  for (std::size_t place = 0; place < transactions.size(); ++place) verdicts.push_back(judge.decide(place));
  return verdicts;
}

}  // namespace offcirc::model
