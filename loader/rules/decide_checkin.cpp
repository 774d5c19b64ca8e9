#include <algorithm>

#include "loader/rules/checks.hpp"
#include "loader/rules/holds.hpp"
#include "loader/rules/money.hpp"

namespace offcirc {

namespace {

bool just_checked_in(Seconds checked_in_at, Seconds t) {
  return checked_in_at != k_no_time && checked_in_at <= t && t - checked_in_at <= k_scanned_twice_seconds;
}

bool scanned_twice(const RuleInput& c, const Item& item) {
  if (item.charge != k_none) return false;
  const EarlierAction& earlier = c.now.state.earlier_action(item);
  return just_checked_in(item.checked_in_at, c.t) ||
         (item.last_entry == k_none && earlier.kind == Kind::checkin && just_checked_in(earlier.occurred_at, c.t));
}

// The date of discharge as the line has it: a bare date stays a bare date.
Stamp discharge_moment(const RuleInput& c, Seconds at) {
  const Stamp given = c.transaction.discharged_on;
  return given.is(StampForm::date) ? given : Stamp(StampForm::absolute, at);
}

// Returns when the item came back: the line's date of discharge, or else the time of the transaction. A bare date means
// the end of that day, but not after the transaction. A date after the transaction or before the charge can't be right,
// so the time of the transaction is used instead.
Seconds returned_at(const RuleInput& c, const Charge* charge, Findings& findings) {
  const Stamp given = c.transaction.discharged_on;
  if (!given.says_when() || given.is(StampForm::never)) return c.t;
  const bool is_date = given.is(StampForm::date);
  Seconds at = is_date ? c.zone().to_utc(given.seconds() + k_day_seconds - 1) : utc_of(given, c.zone());
  const bool after = is_date ? given.seconds() / k_day_seconds > c.day : at > c.t;
  if (!after && at > c.t) at = c.t;
  const bool before_charge = charge != nullptr && at < charge->charged_at;
  if (!after && !before_charge) return at;
  const Stamp moment = discharge_moment(c, at);
  findings.add(after ? say<Form::discharged_after>(moment) : say<Form::discharged_before>(moment));
  return c.t;
}

void check_long_ago(const RuleInput& c, Seconds returned, Findings& findings) {
  const int days = c.now.policy.max_age_days;
  if (returned < c.t - days * k_day_seconds)
    findings.add(say<Form::discharged_long_ago>(discharge_moment(c, returned), days));
}

// Returns the last renewal of the charge by an earlier load, from the journal; null if there is none.
const EarlierAction* earlier_renewal(const State& state, const Item& item, const Charge& charge) {
  const EarlierAction& earlier = state.earlier_action(item);
  const bool renewed = earlier.kind == Kind::renewal || earlier.kind == Kind::checkout;
  return charge.in_database && charge.renewals > 0 && renewed && earlier.occurred_at > charge.charged_at ? &earlier
                                                                                                         : nullptr;
}

// The item was already in the book drop when somebody renewed it, for example by telephone. The renewal may have billed
// days after the item came back.
void check_renewed_since(const RuleInput& c, const Item& item, const Charge& charge, Seconds returned,
                         Findings& findings) {
  const State& state = c.now.state;
  int count = 0;
  Seconds last = k_no_time;
  Cents billed = 0;
  const auto see = [&](Seconds at, Cents cents) {
    if (at <= returned) return;
    ++count;
    last = std::max(last, at);
    billed += cents;
  };
  for (Slot slot = charge.last_renewal; slot != k_none; slot = state.renewals[slot].earlier)
    see(state.renewals[slot].at, state.renewals[slot].bill_cents);
  if (const EarlierAction* earlier = earlier_renewal(state, item, charge))
    see(earlier->occurred_at, earlier->bill_cents);
  if (count == 0) return;
  const Stamp moment = discharge_moment(c, returned);
  NewSentence sentence = count == 1 ? say<Form::renewed_since>(moment, item.id, last)
                                    : say<Form::renewed_often_since>(moment, item.id, count, last);
  if (billed == 0)
    sentence.add<Form::no_bill_then>();
  else
    sentence.add<Form::bill_then>(billed, state.users[charge.user].id);
  findings.add(std::move(sentence));
}

// The desk checked the item in free of fines, so no bill is made.
void waive_fine(const RuleInput& c, const Charge& charge, Seconds until, Findings& findings) {
  const Cents cents = fine_of(charge, until, c.now.state, c.now.policy);
  if (cents > 0) findings.add(say<Form::fine_waived>(cents, c.now.state.users[charge.user].id, charge.due_at));
}

void discharge(const RuleInput& c, const Item& item, const Charge& charge, Decision& decision) {
  const Seconds returned = returned_at(c, &charge, decision.findings);
  check_long_ago(c, returned, decision.findings);
  check_renewed_since(c, item, charge, returned, decision.findings);
  decision.effects.discharge = item.charge;
  if (is_lost(item, c.now.book)) add_cleared_status(c, item, Outcome::was_lost, decision.findings);
  check_claimed(c, item, charge, decision.findings);
  if (is_claimed(charge)) return;
  if (c.transaction.fine_waived)
    waive_fine(c, charge, returned, decision.findings);
  else
    bill_overdue(c, charge, returned, decision);
}

void return_uncharged(const RuleInput& c, const Item& item, Decision& decision) {
  returned_at(c, nullptr, decision.findings);
  const Outcome status = cleared_status(item, c.now.book);
  if (status == Outcome::ok)
    decision.findings.add(say<Form::item_already_checked_in>(item.id));
  else
    add_cleared_status(c, item, status, decision.findings);
}

// Only if holds = "trap". By default no hold is trapped, since the item may be elsewhere by now: staff check it in
// again.
void trap_hold(const RuleInput& c, const Item& item, Slot slot, Decision& decision) {
  const Hold& hold = c.now.state.holds[slot];
  const bool here = hold.pickup_library == c.desk.library;
  decision.effects.holds.push_back({slot, here ? HoldStatus::on_shelf : HoldStatus::in_transit, item.row});
  decision.effects.location = here ? c.now.book.hold_shelf() : c.now.book.in_transit();
  const std::string_view pickup = library_code(hold.pickup_library, c.now.policy);
  decision.findings.add(here ? say<Form::on_hold_shelf>(item.id, pickup) : say<Form::in_transit>(item.id, pickup));
}

void report_hold(const RuleInput& c, const Item& item, Slot slot, Decision& decision) {
  decision.effects.routed_hold = slot;
  decision.findings.add(
      say<Form::hold_waits>(item.id, library_code(c.now.state.holds[slot].pickup_library, c.now.policy)));
}

void route(const RuleInput& c, const Item& item, Decision& decision) {
  const Slot hold = hold_to_route(c, item);
  // An item trapped for a hold goes to the pickup library, so it is not routed home.
  if (hold != k_none && c.library.offline.trap_holds) return trap_hold(c, item, hold, decision);
  if (hold != k_none) report_hold(c, item, hold, decision);
  if (item.library != k_no_library && item.library != c.desk.library)
    decision.findings.add(say<Form::route_home>(item.id, library_code(item.library, c.now.policy)));
}

// The station's clock was ahead, so this check-in was rejected, and an earlier load has loaded a checkout at another
// desk without it. Now --clock moves the check-in before that checkout, which has already closed the charge.
bool is_overtaken_by_checkout(const RuleInput& c, const Item& item) {
  if (c.entry.earlier == nullptr || !c.desk.given_clock_offset || item.charge == k_none) return false;
  const Charge& charge = c.now.state.charges[item.charge];
  const EarlierAction& latest = c.now.state.earlier_action(item);
  return charge.in_database && charge.charged_at > c.t && item.last_action_at <= c.t && latest.kind == Kind::checkout &&
         latest.occurred_at == charge.charged_at;
}

}  // namespace

void decide_checkin(const RuleInput& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Item* item = c.found_item();
  if (item != nullptr && scanned_twice(c, *item)) return findings.add(say<Form::scanned_in_twice>(item->id));
  check_item(c, findings);
  if (!c.library.offline.checkins) findings.add(say<Form::checkins_off>(c.library.code));
  if (item == nullptr) return;
  if (is_overtaken_by_checkout(c, *item))
    return findings.add_note(say<Form::checked_out_again>(item->id, c.now.state.charges[item->charge].charged_at));
  check_later_action(c, *item, findings);
  decision.effects.checks_in = true;
  decision.effects.location = item->home_location;
  if (item->charge != k_none)
    discharge(c, *item, c.now.state.charges[item->charge], decision);
  else
    return_uncharged(c, *item, decision);
  route(c, *item, decision);
}

// Counted by library, day and item type. A noncataloged item has no ID, but the log may name its type.
void decide_in_house_use(const RuleInput& c, Decision& decision) {
  const bool names_item = c.entry.item_key != k_none;
  if (names_item) check_item(c, decision.findings);
  const Item* item = c.found_item();
  UseCount use;
  use.library = c.desk.library;
  use.day = c.day;
  use.count = c.transaction.count;
  if (!names_item) use.item_type = c.transaction.what;
  if (item != nullptr && item->item_type != k_no_code) use.item_type = c.now.state.item_types[item->item_type];
  decision.effects.use = std::move(use);
}

}  // namespace offcirc
