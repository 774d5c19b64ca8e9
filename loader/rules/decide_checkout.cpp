#include <utility>

#include "loader/rules/accounts.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/decide_renewal.hpp"
#include "loader/rules/holds.hpp"

namespace offcirc {
namespace {

// Returns when the item was last checked out. A checkout taken as a renewal counts; after a renewal, there is no such
// time.
Seconds last_scanned_out(const Charge& charge) {
  if (charge.renewed_at == k_no_time) return charge.charged_at;
  return charge.renewed_by_checkout ? charge.renewed_at : k_no_time;
}

bool scanned_twice(const RuleInput& c, const Charge& charge) {
  const Seconds last = last_scanned_out(charge);
  return charge.user == c.user.slot && last != k_no_time && last <= c.t && c.t - last <= k_scanned_twice_seconds;
}

CodeIndex location_of_charged(const RuleInput& c, const User& user) {
  return is_system_user(user, c.now.policy) ? c.now.book.location_of(user.profile) : c.now.book.checked_out();
}

// Checking out an item again renews it, even if it is claimed returned or lost: the patron has it after all.
void take_as_renewal(const RuleInput& c, const Item& item, const Charge& charge, Decision& decision) {
  check_renewals_allowed(c, &item, decision.findings);
  renew_charge(c, item, decision);
  if (decision.effects.renewal) decision.effects.renewal->by_checkout = true;
  decision.effects.location = location_of_charged(c, *c.found_user());
  decision.findings.add(say<Form::renewed>(item.id, c.now.state.users[charge.user].id));
  check_claimed(c, item, charge, decision.findings);
  if (is_lost(item, c.now.book)) add_cleared_status(c, item, Outcome::was_lost, decision.findings);
}

void discharge_from_other(const RuleInput& c, const Item& item, const Charge& charge, Decision& decision) {
  decision.effects.discharge = item.charge;
  decision.findings.add(say<Form::was_charged_to_another>(item.id, c.now.state.users[charge.user].id));
  check_claimed(c, item, charge, decision.findings);
  if (is_lost(item, c.now.book)) add_cleared_status(c, item, Outcome::was_lost, decision.findings);
  if (!is_claimed(charge)) bill_overdue(c, charge, c.t, decision);
}

// Fills a hold. If another copy came back for it, that copy goes to the next hold that it can serve, or is free.
void fill_hold(const RuleInput& c, const Item& item, const User& user, Slot filled, Decision& decision) {
  const State& state = c.now.state;
  decision.effects.holds.push_back({filled, HoldStatus::filled, item.row});
  NewSentence sentence = say<Form::hold_filled>(user.id, item.id);
  const Slot copy = state.holds[filled].routed_item;
  if (copy != k_none && copy != k_another_copy && copy != c.item_slot) {
    decision.effects.freed_copy = copy;
    decision.effects.freed_copy_hold = next_hold_of_copy(c, state.items[copy], filled);
    if (decision.effects.freed_copy_hold == k_none) sentence.add<Form::copy_is_free>(state.items[copy].id);
  }
  decision.findings.add(std::move(sentence));
}

// Fills the user's own hold. If the item was on the hold shelf for somebody else, that hold is waiting again and keeps
// its place in the queue.
void settle_holds(const RuleInput& c, const Item& item, const User& user, Decision& decision) {
  const State& state = c.now.state;
  const Slot filled = hold_to_fill(c, item, user);
  if (filled == k_none)
    decision.effects.passed_hold = hold_passed_over(c, item, user);
  else
    fill_hold(c, item, user, filled, decision);
  const Slot on_shelf = hold_on_shelf(c, item);
  if (on_shelf == k_none || on_shelf == filled) return;
  const Hold& hold = state.holds[on_shelf];
  decision.effects.holds.push_back({on_shelf, HoldStatus::waiting, hold.item_level ? hold.item_row : 0});
  decision.findings.add(say<Form::hold_for_another>(item.id, library_code(hold.pickup_library, c.now.policy)));
}

void check_charge_limit(const RuleInput& c, const User& user, Findings& findings) {
  if (user.profile >= c.now.policy.profiles.size()) return;
  const Profile& profile = c.now.policy.profiles[user.profile];
  if (profile.charge_limit <= 0) return;
  const int charges = c.now.accounts.standing(c.user.slot, c.t).charges;
  if (charges >= profile.charge_limit)
    findings.add(say<Form::charge_limit>(user.id, charges, profile.name, profile.charge_limit));
}

void make_charge(const RuleInput& c, const Item& item, const User& user, Decision& decision) {
  const bool system = is_system_user(user, c.now.policy);
  const LoanRule loan = system ? LoanRule{} : loan_rule(c, user, item, decision.findings);
  const DueDate due =
      due_date(c, user, system ? CirculationRule{} : c.now.state.rules[loan.rule], k_no_time, decision.findings);
  decision.rules.loan = loan.rule;
  decision.rules.map_row = loan.map_row;
  Charge charge;
  charge.item_row = item.row;
  charge.item = c.item_slot;
  charge.user = c.user.slot;
  charge.library = c.desk.library;
  charge.rule = loan.rule;
  charge.charged_at = c.t;
  charge.due_at = due.at;
  charge.in_database = false;
  decision.effects.charge = charge;
  decision.effects.location = location_of_charged(c, user);
  decision.due_at = due.at;
  decision.due_from = due.from;
}

}  // namespace

void decide_checkout(const RuleInput& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Item* item = c.found_item();
  const User* user = c.found_user();
  const Charge* charge = item == nullptr || item->charge == k_none ? nullptr : &c.now.state.charges[item->charge];
  if (user != nullptr && charge != nullptr && scanned_twice(c, *charge))
    return findings.add(say<Form::scanned_out_twice>(item->id, user->id, last_scanned_out(*charge)));
  check_user(c, findings);
  check_item(c, findings);
  if (user != nullptr) check_borrower(c, *user, findings);
  if (item != nullptr) check_later_action(c, *item, findings);
  if (user == nullptr || item == nullptr) return;

  decision.effects.frees_routed_hold = true;
  if (charge != nullptr && charge->user == c.user.slot) return take_as_renewal(c, *item, *charge, decision);
  check_charge_limit(c, *user, findings);
  if (charge != nullptr)
    discharge_from_other(c, *item, *charge, decision);
  else
    add_cleared_status(c, *item, cleared_status(*item, c.now.book), findings);
  settle_holds(c, *item, *user, decision);
  if (c.desk.library != k_no_library) make_charge(c, *item, *user, decision);
}

}  // namespace offcirc
