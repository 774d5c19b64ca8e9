#include "loader/rules/checks.hpp"

#include <utility>

#include "loader/model/policy.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/money.hpp"

namespace offcirc {

namespace {

Slot slot_of(const User& user, const State& state) {
  return static_cast<Slot>(&user - state.users.data());
}

// The time of the first attempt: the transaction can't have been recorded after it, and if it was not too old then, a
// retry must not find it too old now.
Seconds first_loaded_at(const RuleInput& c) {
  return c.entry.earlier == nullptr ? c.now.options.now : c.entry.earlier->first_loaded_at;
}

Seconds oldest_accepted(const RuleInput& c) {
  if (c.now.options.since) return *c.now.options.since;
  if (c.entry.earlier != nullptr && c.entry.earlier->accepted_since) return *c.entry.earlier->accepted_since;
  return first_loaded_at(c) - c.now.policy.max_age_days * k_day_seconds;
}

NewSentence why_blocked(const RuleInput& c, const User& user, const UserStanding& standing) {
  const Profile& profile = c.now.policy.profiles[user.profile];
  if (profile.bill_threshold_cents > 0 && standing.owed_cents >= profile.bill_threshold_cents)
    return say<Form::owes_too_much>(user.id, standing.owed_cents, profile.name, profile.bill_threshold_cents);
  if (profile.overdue_threshold > 0 && standing.overdue_items >= profile.overdue_threshold)
    return say<Form::too_many_overdue>(user.id, standing.overdue_items, profile.name, profile.overdue_threshold);
  return say<Form::too_many_claims>(user.id, user.claims_returned, profile.name, profile.claims_returned_threshold);
}

// If the configuration loads the records of fast clocks, the follow-up is on the log, so a record gets at most a note.
void check_clock_ahead(const RuleInput& c, Findings& findings) {
  const bool is_in_future = c.t > first_loaded_at(c) + k_clock_tolerance_seconds;
  if (!is_in_future && !c.entry.clock_ran_ahead) return;
  const bool is_loaded = c.entry.clock_ran_ahead && c.now.policy.loads_fast_clocks;
  if (is_loaded && !is_in_future) return;
  NewSentence sentence = is_in_future ? say<Form::recorded_in_future>(c.t) : say<Form::clock_was_ahead>(c.t);
  if (is_loaded)
    findings.add_note(std::move(sentence));
  else
    findings.add(std::move(sentence));
}

void check_status(const RuleInput& c, const User& user, Findings& findings) {
  const UserStanding standing = c.now.accounts.standing(slot_of(user, c.now.state), c.t);
  switch (standing.status) {
    case UserStatus::barred:
      return findings.add(say<Form::user_barred>(user.id));
    case UserStatus::blocked:
      return findings.add(why_blocked(c, user, standing));
    case UserStatus::delinquent:
      return findings.add(say<Form::user_delinquent>(user.id, standing.owed_cents, standing.overdue_items));
    case UserStatus::ok:
      return;
  }
}

// Loading a payment twice would book its cash twice, so it stays pending until somebody has compared the two records.
void check_loaded_before(const RuleInput& c, Findings& findings) {
  const NewSentence* other = c.now.batch.perhaps_loaded.of(c.entry, c.index);
  if (other == nullptr) return;
  NewSentence sentence = say<Form::loaded_before>().append(*other);
  if (c.transaction.kind == Kind::payment && c.library.offline.rejects_repeated_payments)
    findings.add_rejecting(std::move(sentence));
  else
    findings.add(std::move(sentence));
}

}  // namespace

void check_time_and_library(const RuleInput& c, Findings& findings) {
  check_clock_ahead(c, findings);
  if (c.t < oldest_accepted(c)) findings.add(say<Form::too_old>(c.t, oldest_accepted(c)));
  if (c.entry.clock_jumped) findings.add(say<Form::clock_jumped>(c.entry.recorded_at, c.t));
  if (c.entry.clock_went_backwards) findings.add(say<Form::clock_went_backwards>(c.entry.recorded_at, c.t));
  if (c.entry.order_assumed) findings.add(say<Form::order_assumed>(c.entry.item_id));
  if (c.desk.library == k_no_library)
    findings.add(c.desk.library_code.empty() ? say<Form::no_library_named>()
                                             : say<Form::library_not_found>(c.desk.library_code));
  check_loaded_before(c, findings);
  if (!c.desk.library_mismatch.empty()) findings.add(say<Form::wrong_library>(c.desk.library_mismatch));
}

void check_user(const RuleInput& c, Findings& findings) {
  const User* user = c.found_user();
  if (user == nullptr) return findings.add(say<Form::user_not_found>(c.entry.user_id));
  if (c.user.by == FoundBy::inactive_id) findings.add(say<Form::card_inactive>(c.entry.user_id, user->id));
  if (user->registered_by != k_none && user->registered_by > c.index)
    findings.add(say<Form::registered_later>(user->id));
}

void check_item(const RuleInput& c, Findings& findings) {
  if (c.found_item() == nullptr) findings.add(say<Form::item_not_found>(c.entry.item_id));
}

namespace {

void add_user_fault(const RuleInput& c, NewSentence& sentence) {
  const IdFault fault = c.now.id_rules.fault_of_user(c.entry.user_key);
  if (fault == IdFault::shape) sentence.add<Form::user_id_misshapen>(c.entry.user_id);
  if (fault == IdFault::check_digit) sentence.add<Form::user_id_miscounted>(c.entry.user_id);
}

void add_item_fault(const RuleInput& c, NewSentence& sentence) {
  const IdFault fault = c.now.id_rules.fault_of_item(c.entry.item_key);
  const bool is_first = sentence.empty();
  if (fault == IdFault::shape && is_first) sentence.add<Form::item_id_misshapen>(c.entry.item_id);
  if (fault == IdFault::shape && !is_first) sentence.add<Form::item_id_misshapen_too>(c.entry.item_id);
  if (fault == IdFault::check_digit && is_first) sentence.add<Form::item_id_miscounted>(c.entry.item_id);
  if (fault == IdFault::check_digit && !is_first) sentence.add<Form::item_id_miscounted_too>(c.entry.item_id);
}

}  // namespace

void check_ids(const RuleInput& c, Findings& findings) {
  const Kind kind = c.transaction.kind;
  if (kind == Kind::registration || kind == Kind::unsupported || findings.has(Outcome::scanned_twice)) return;
  // An alternate ID may have any form, and check-ins and in-house uses do not look up their user.
  const bool asks_for_user = (kind == Kind::checkout || kind == Kind::renewal || kind == Kind::payment) &&
                             (c.user.by == FoundBy::id || c.user.by == FoundBy::inactive_id);
  NewSentence sentence;
  if (asks_for_user) add_user_fault(c, sentence);
  if (c.item_slot != k_none) add_item_fault(c, sentence);
  if (!sentence.empty()) findings.add(std::move(sentence));
}

void check_borrower(const RuleInput& c, const User& user, Findings& findings) {
  if (is_system_user(user, c.now.policy))
    findings.add(say<Form::system_user>(user.id, c.now.policy.profiles[user.profile].name));
  check_status(c, user, findings);
  if (c.day > user.expires_on) findings.add(say<Form::privilege_expired>(user.id, user.expires_on));
}

void check_later_action(const RuleInput& c, const Item& item, Findings& findings) {
  const State& state = c.now.state;
  Seconds latest = c.t;
  NewSentence sentence;
  if (item.last_action_at > latest) {
    latest = item.last_action_at;
    const std::string_view action = item.last_action == k_none ? "" : state.last_actions[item.last_action];
    sentence = say<Form::action_on_server>(item.id, action, latest);
  }
  if (item.charge != k_none && state.charges[item.charge].in_database &&
      state.charges[item.charge].charged_at > latest) {
    const Charge& charge = state.charges[item.charge];
    latest = charge.charged_at;
    sentence = say<Form::charged_later>(item.id, latest, library_code(charge.library, c.now.policy));
  }
  if (const EarlierAction& earlier = state.earlier_action(item); earlier.occurred_at > latest)
    sentence = say<Form::earlier_load_acted>(item.id, name_of(earlier.kind), earlier.occurred_at, earlier.library,
                                             earlier.station);
  if (!sentence.empty()) findings.add(std::move(sentence));
}

Outcome cleared_status(const Item& item, const RuleBook& book) {
  switch (book.meaning_of(item.current_location)) {
    case LocationMeaning::missing:
      return Outcome::was_missing;
    case LocationMeaning::lost:
      return Outcome::was_lost;
    case LocationMeaning::transit:
      return Outcome::was_in_transit;
    case LocationMeaning::hold_shelf:
      return Outcome::ok;
    case LocationMeaning::other:
    case LocationMeaning::shelf:
      break;
  }
  // Nothing shows that an item without a known home is elsewhere.
  const bool at_home = item.current_location == item.home_location || item.current_location == k_no_code ||
                       item.home_location == k_no_code;
  return at_home ? Outcome::ok : Outcome::was_elsewhere;
}

namespace {

NewSentence say_cleared(Outcome status, const Item& item, std::string_view location) {
  switch (status) {
    case Outcome::was_missing:
      return say<Form::was_missing>(item.id, location);
    case Outcome::was_lost:
      return say<Form::was_lost>(item.id, location);
    case Outcome::was_in_transit:
      return say<Form::was_in_transit>(item.id, location);
    default:
      return say<Form::was_elsewhere>(item.id, location);
  }
}

}  // namespace

void add_cleared_status(const RuleInput& c, const Item& item, Outcome status, Findings& findings) {
  if (status == Outcome::ok) return;
  NewSentence sentence = say_cleared(status, item, c.now.state.locations[item.current_location]);
  // Patrons borrow from an ordinary shelf as from home, so nobody has to check anything.
  if (c.now.book.meaning_of(item.current_location) == LocationMeaning::shelf)
    findings.add_note(std::move(sentence));
  else
    findings.add(std::move(sentence));
}

void check_claimed(const RuleInput& c, const Item& item, const Charge& charge, Findings& findings) {
  if (is_claimed(charge)) findings.add(say<Form::claims_returned>(item.id, c.now.state.users[charge.user].id));
}

void bill_overdue(const RuleInput& c, const Charge& charge, Seconds until, Decision& decision) {
  const Cents cents = fine_of(charge, until, c.now.state, c.now.policy);
  if (cents == 0) return;
  Bill bill;
  bill.user = charge.user;
  bill.item_row = charge.item_row;
  bill.amount_cents = cents;
  bill.reason = "OVERDUE";
  bill.library = charge.library;
  bill.billed_at = until;
  bill.made_by = c.index;
  decision.effects.bill = bill;
  decision.rules.fine = charge.rule;
  decision.findings.add(say<Form::bill_created>(cents, c.now.state.users[charge.user].id, charge.due_at));
}

std::string_view library_code(LibraryIndex library, const Policy& policy) {
  return library < policy.libraries.size() ? std::string_view(policy.libraries[library].code) : std::string_view();
}

}  // namespace offcirc
