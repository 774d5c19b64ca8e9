#include "loader/rules/decision.hpp"

#include <algorithm>

#include "loader/rules/namesakes.hpp"
#include "loader/rules/registration.hpp"

namespace offcirc {

namespace {

void close_charge(Slot slot, const RuleInput& c, State& state) {
  c.now.accounts.charge_closes(slot);
  state.unlink_from_user(slot);
  Charge& charge = state.charges[slot];
  charge.open = false;
  charge.changed = true;
  if (charge.item != k_none) state.items[charge.item].charge = k_none;
  if (!charge.in_database) state.free_charges.push_back(slot);
}

// Reuses the slots of charges that this load made and closed. In a long outage, an item can be checked out many times;
// even so, the load adds at most one charge for each item.
Slot free_charge(State& state) {
  if (state.free_charges.empty()) {
    state.charges.emplace_back();
    return static_cast<Slot>(state.charges.size() - 1);
  }
  const Slot slot = state.free_charges.back();
  state.free_charges.pop_back();
  return slot;
}

void open_charge(const Charge& made, const RuleInput& c, State& state) {
  const Slot slot = free_charge(state);
  Charge& charge = state.charges[slot];
  charge = made;
  charge.changed = true;
  state.link_to_user(slot);
  state.items[charge.item].charge = slot;
  c.now.accounts.charge_changed(slot);
}

void renew(const RenewedCharge& renewal, Cents bill_cents, const RuleInput& c, State& state) {
  Charge& charge = state.charges[renewal.charge];
  charge.due_at = renewal.due_at;
  charge.renewals += 1;
  charge.renewed_at = c.t;
  charge.renewed_by_checkout = renewal.by_checkout;
  charge.claims_returned_at = k_no_time;
  charge.changed = true;
  state.renewals.push_back({c.t, bill_cents, charge.last_renewal});
  charge.last_renewal = static_cast<Slot>(state.renewals.size() - 1);
  c.now.accounts.charge_changed(renewal.charge);
}

void add_bill(const Bill& made, const RuleInput& c, State& state) {
  const auto slot = static_cast<Slot>(state.bills.size());
  state.bills.push_back(made);
  state.bills[slot].changed = true;
  state.append_to_user(slot);
  c.now.accounts.bill_changed(slot);
}

void pay(const Payoff& payoff, const RuleInput& c, State& state) {
  Bill& bill = state.bills[payoff.bill];
  bill.amount_cents -= payoff.cents;
  bill.changed = true;
  c.now.accounts.bill_changed(payoff.bill);
}

void change_hold(const HoldChange& change, std::uint32_t entry, State& state) {
  Hold& hold = state.holds[change.hold];
  hold.status = change.status;
  hold.item_row = change.item_row;
  hold.routed_item = k_none;
  hold.changed = true;
  hold.changed_by = entry;
}

void free_routed_holds(Slot item, State& state) {
  const Slot of_title =
      state.items[item].title_slot == k_none ? k_none : state.titles[state.items[item].title_slot].first_hold;
  for (const Slot first : {state.items[item].first_hold, of_title})
    for (Slot slot = first; slot != k_none; slot = state.holds[slot].next)
      if (state.holds[slot].routed_item == item) state.holds[slot].routed_item = k_none;
}

void change_item(const Effects& effects, const RuleInput& c, State& state) {
  Item& item = state.items[c.item_slot];
  item.last_entry = c.index;
  item.last_entry_at = c.t;
  item.checked_in_at = effects.checks_in ? c.t : k_no_time;
  if (effects.location && *effects.location != item.current_location) {
    item.current_location = *effects.location;
    item.location_changed = true;
  }
  if (effects.frees_routed_hold) free_routed_holds(c.item_slot, state);
  if (effects.freed_copy_hold != k_none) state.holds[effects.freed_copy_hold].routed_item = effects.freed_copy;
  if (effects.routed_hold != k_none) state.holds[effects.routed_hold].routed_item = c.item_slot;
}

bool moves_item(const Effects& effects) {
  return effects.checks_in || effects.charge.has_value() || effects.renewal.has_value();
}

}  // namespace

void apply(const Effects& effects, const RuleInput& c, State& state) {
  if (effects.discharge != k_none) close_charge(effects.discharge, c, state);
  if (effects.charge) open_charge(*effects.charge, c, state);
  if (effects.renewal) renew(*effects.renewal, effects.bill ? effects.bill->amount_cents : 0, c, state);
  if (effects.bill) add_bill(*effects.bill, c, state);
  for (const HoldChange& change : effects.holds) change_hold(change, c.index, state);
  if (effects.passed_hold != k_none) state.holds[effects.passed_hold].user_served_by = c.index;
  for (const Payoff& payoff : effects.payoffs) pay(payoff, c, state);
  if (effects.use) state.uses.push_back(*effects.use);
  if (moves_item(effects)) change_item(effects, c, state);
}

void add_registered_user(const RuleInput& c, const ReadSet& read_set, const Policy& policy, State& state) {
  const Registration& registration = *c.transaction.registration;
  User user;
  user.id = c.entry.user_id;
  user.profile = policy.find_profile(registration.profile);
  user.library = registration.library.empty() ? c.desk.library : policy.find_library(registration.library);
  set_expiry(registration, user);
  user.details = static_cast<Slot>(state.details.size());
  user.registered_by = c.index;
  state.details.push_back(details_of(registration));

  const auto slot = static_cast<Slot>(state.users.size());
  state.users.push_back(user);
  state.user_of_key[c.entry.user_key] = {slot, FoundBy::id};
  if (const auto name = find_last_name(read_set, folded_name(registration.last_name)))
    state.namesakes[*name].push_back(slot);
}

}  // namespace offcirc
