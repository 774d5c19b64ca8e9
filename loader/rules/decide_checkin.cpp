#include <fmt/format.h>

#include <algorithm>

#include "loader/rules/checks.hpp"
#include "loader/rules/holds.hpp"
#include "loader/rules/money.hpp"

namespace offcirc {

namespace {

bool just_checked_in(Seconds checked_in_at, Seconds t) {
  return checked_in_at != k_no_time && checked_in_at <= t && t - checked_in_at <= k_scanned_twice_seconds;
}

bool scanned_twice(const Case& c, const Item& item) {
  if (item.charge != k_none) return false;
  const EarlierAction& earlier = c.now.state.earlier_action(item);
  return just_checked_in(item.checked_in_at, c.t) ||
         (item.last_entry == k_none && earlier.kind == Kind::checkin && just_checked_in(earlier.occurred_at, c.t));
}

std::string discharge_text(const Case& c, Seconds at) {
  const Stamp given = c.transaction.discharged_on;
  return given.is(StampForm::date) ? iso_date(static_cast<Day>(given.seconds() / k_day_seconds)) : when(at, c.zone());
}

// When the item came back: the line's date of discharge (a bare date is the end of that day, but not after t), else t.
// One after t, or before the charge, can't be right.
Seconds returned_at(const Case& c, const Charge* charge, Findings& findings) {
  const Stamp given = c.transaction.discharged_on;
  if (!given.says_when() || given.is(StampForm::never)) return c.t;
  const bool is_date = given.is(StampForm::date);
  Seconds at = is_date ? c.zone().to_utc(given.seconds() + k_day_seconds - 1) : utc_of(given, c.zone());
  const bool after = is_date ? given.seconds() / k_day_seconds > c.day : at > c.t;
  if (!after && at > c.t) at = c.t;
  const bool before_charge = charge != nullptr && at < charge->charged_at;
  if (!after && !before_charge) return at;
  findings.add(Outcome::discharge_date_wrong,
               fmt::format("The date of discharge, {}, is {}; the time of the transaction is used",
                           discharge_text(c, at), after ? "after the transaction" : "before the checkout"));
  return c.t;
}

void check_long_ago(const Case& c, Seconds returned, Findings& findings) {
  const int days = c.now.policy.max_age_days;
  if (returned < c.t - days * k_day_seconds)
    findings.add(Outcome::discharged_long_ago,
                 fmt::format("The date of discharge, {}, is more than {} day{} before the check-in; it is used",
                             discharge_text(c, returned), days, days == 1 ? "" : "s"));
}

// The last renewal of the charge that an earlier load made, as the journal knows; none where it did not renew it.
const EarlierAction* earlier_renewal(const State& state, const Item& item, const Charge& charge) {
  const EarlierAction& earlier = state.earlier_action(item);
  const bool renewed = earlier.kind == Kind::renewal || earlier.kind == Kind::checkout;
  return charge.in_database && charge.renewals > 0 && renewed && earlier.occurred_at > charge.charged_at ? &earlier
                                                                                                         : nullptr;
}

// The book lay in the drop when it was renewed by telephone: the renewal may have made a bill for days after it came
// back.
void check_renewed_since(const Case& c, const Item& item, const Charge& charge, Seconds returned, Findings& findings) {
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
  const std::string renewals = count == 1 ? "renewed" : fmt::format("renewed {} times, last", count);
  const std::string bill =
      billed == 0 ? "no bill was made then"
                  : fmt::format("that made a bill of {} for user {}", money(billed), state.users[charge.user].id);
  findings.add(Outcome::returned_before_renewal,
               fmt::format("The date of discharge, {}, is before item {} was {} at {}; {}", discharge_text(c, returned),
                           item.id, renewals, when(last, c.zone()), bill));
}

// The desk took the item back free of fines.
void waive_fine(const Case& c, const Charge& charge, Seconds until, Findings& findings) {
  const Cents cents = fine_of(charge, until, c.now.state, c.now.policy);
  if (cents > 0)
    findings.add(Outcome::fine_waived,
                 fmt::format("The desk waived the fine: {} for user {}, due {}", money(cents),
                             c.now.state.users[charge.user].id, due_text(charge.due_at, c.zone())));
}

void discharge(const Case& c, const Item& item, const Charge& charge, Decision& decision) {
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

void return_uncharged(const Case& c, const Item& item, Decision& decision) {
  returned_at(c, nullptr, decision.findings);
  const Outcome status = cleared_status(item, c.now.book);
  if (status == Outcome::ok)
    decision.findings.add(Outcome::item_already_checked_in, phrase_with(Outcome::item_already_checked_in, item.id));
  else
    add_cleared_status(c, item, status, decision.findings);
}

// The item may have gone elsewhere since, so by default nothing is trapped: staff scan it again.
void trap_hold(const Case& c, const Item& item, Slot slot, Decision& decision) {
  const Hold& hold = c.now.state.holds[slot];
  const bool here = hold.pickup_library == c.desk.library;
  decision.effects.holds.push_back({slot, here ? HoldStatus::on_shelf : HoldStatus::in_transit, item.row});
  decision.effects.location = here ? c.now.book.hold_shelf() : c.now.book.in_transit();
  decision.findings.add(Outcome::route_for_hold, fmt::format("Item {} is now {} for pickup at {}", item.id,
                                                             here ? "on the hold shelf" : "in transit",
                                                             library_code(hold.pickup_library, c.now.policy)));
}

void report_hold(const Case& c, const Item& item, Slot slot, Decision& decision) {
  decision.effects.routed_hold = slot;
  decision.findings.add(Outcome::route_for_hold,
                        fmt::format("A hold waits for item {}, for pickup at {}", item.id,
                                    library_code(c.now.state.holds[slot].pickup_library, c.now.policy)));
}

void route(const Case& c, const Item& item, Decision& decision) {
  const Slot hold = hold_to_route(c, item);
  // A trapped item has its way, and home is not where it goes.
  if (hold != k_none && c.library.offline.trap_holds) return trap_hold(c, item, hold, decision);
  if (hold != k_none) report_hold(c, item, hold, decision);
  if (item.library != k_no_library && item.library != c.desk.library)
    decision.findings.add(Outcome::route_home,
                          fmt::format("Item {} belongs to {}", item.id, library_code(item.library, c.now.policy)));
}

// The station's clock was ahead, and an earlier load judged another desk's checkout without this check-in, which
// --clock has only now put before it. The checkout has discharged what was to be discharged.
bool is_overtaken_by_checkout(const Case& c, const Item& item) {
  if (c.entry.earlier == nullptr || !c.desk.given_clock_offset || item.charge == k_none) return false;
  const Charge& charge = c.now.state.charges[item.charge];
  const EarlierAction& latest = c.now.state.earlier_action(item);
  return charge.in_database && charge.charged_at > c.t && item.last_action_at <= c.t && latest.kind == Kind::checkout &&
         latest.occurred_at == charge.charged_at;
}

}  // namespace

void decide_checkin(const Case& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Item* item = c.found_item();
  if (item != nullptr && scanned_twice(c, *item))
    return findings.add(Outcome::scanned_twice, fmt::format("Scanned twice: item {} was checked in already", item->id));
  check_item(c, findings);
  if (!c.library.offline.checkins)
    findings.add(Outcome::checkins_off, fmt::format("Check-ins are not allowed offline at {}", c.library.code));
  if (item == nullptr) return;
  if (is_overtaken_by_checkout(c, *item))
    return findings.add_note(Outcome::later_action,
                             fmt::format("Item {} was checked out again at {}, which has ended the charge before it",
                                         item->id, when(c.now.state.charges[item->charge].charged_at, c.zone())));
  check_later_action(c, *item, findings);
  decision.effects.checks_in = true;
  decision.effects.location = item->home_location;
  if (item->charge != k_none)
    discharge(c, *item, c.now.state.charges[item->charge], decision);
  else
    return_uncharged(c, *item, decision);
  route(c, *item, decision);
}

// Counted by library, day and type of item; a non-catalogued item has no ID, but the log may say its type.
void decide_in_house_use(const Case& c, Decision& decision) {
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
