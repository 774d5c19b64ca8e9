#include "loader/rules/money.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/rules/checks.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_hour_seconds = 3600;

// The largest amount that parse_money() accepts: a larger bill could be exported but not imported again.
constexpr Cents k_max_bill_cents = 99'999'999'999;

Cents capped(Cents cents, const CirculationRule& rule) {
  return std::min(cents, rule.cap_cents > 0 ? rule.cap_cents : k_max_bill_cents);
}

Cents by_days(const CirculationRule& rule, Day due, Day until, const Calendar* without_closed) {
  const int closed = without_closed != nullptr ? without_closed->closed_days_between(due, until) : 0;
  return capped(rule.rate_cents * std::max(0, until - due - closed), rule);
}

// An hour counts in full as soon as it begins. If closed days are left out, an hour that begins on one does not count.
Cents by_hours(const CirculationRule& rule, Seconds due_at, Seconds until, const Calendar* without_closed,
               const Zone& zone) {
  if (without_closed == nullptr)
    return capped(rule.rate_cents * ((until - due_at + k_hour_seconds - 1) / k_hour_seconds), rule);
  Cents cents = 0;
  for (Seconds hour = due_at; hour < until; hour += k_hour_seconds) {
    if (without_closed->is_closed(zone.day_of(hour))) continue;
    cents += rule.rate_cents;
    if (rule.cap_cents > 0 && cents >= rule.cap_cents) break;
  }
  return capped(cents, rule);
}

bool has_fine(const Charge& charge, const State& state, const Policy& policy) {
  if (charge.due_at == k_never || charge.rule == k_no_code) return false;
  const ProfileIndex profile = state.users[charge.user].profile;
  return profile >= policy.profiles.size() || !policy.profiles[profile].system;
}

}  // namespace

Cents fine_of(const Charge& charge, Seconds until, const State& state, const Policy& policy) {
  if (until <= charge.due_at || !has_fine(charge, state, policy)) return 0;
  const CirculationRule& rule = state.rules[charge.rule];
  const Calendar* without_closed = nullptr;
  if (charge.library < policy.libraries.size() && !policy.libraries[charge.library].offline.fines_on_closed_days)
    without_closed = &policy.libraries[charge.library].calendar;
  if (rule.hourly_fine) return by_hours(rule, charge.due_at, until, without_closed, policy.zone);
  return by_days(rule, policy.zone.day_of(charge.due_at), policy.zone.day_of(until), without_closed);
}

Seconds fine_grows_at(const Charge& charge, Seconds t, const State& state, const Policy& policy) {
  if (!has_fine(charge, state, policy)) return k_never;
  const CirculationRule& rule = state.rules[charge.rule];
  if (rule.rate_cents == 0) return k_never;
  if (rule.cap_cents > 0 && fine_of(charge, t, state, policy) >= rule.cap_cents) return k_never;
  // If the clock is set back at midnight, the start of the next day may not be later than `t`.
  if (!rule.hourly_fine) return std::max(policy.zone.start_of(policy.zone.day_of(t) + 1), t + 1);
  const Seconds started_hours = (t - charge.due_at + k_hour_seconds - 1) / k_hour_seconds;
  return charge.due_at + started_hours * k_hour_seconds + 1;
}

std::string money(Cents cents) {
  const Cents size = cents < 0 ? -cents : cents;
  return fmt::format("{}${}.{:02}", cents < 0 ? "-" : "", size / 100, size % 100);
}

namespace {

Bill credit(const RuleInput& c, Cents cents) {
  Bill bill;
  bill.user = c.user.slot;
  bill.amount_cents = -cents;
  bill.reason = "CREDIT";
  bill.library = c.desk.library;
  bill.billed_at = c.t;
  bill.made_by = c.index;
  return bill;
}

}  // namespace

// The cash is in the till, so all of it is booked: what exceeds the bills becomes a credit.
void decide_payment(const RuleInput& c, Decision& decision) {
  check_user(c, decision.findings);
  const User* user = c.found_user();
  if (user == nullptr) return;
  // Skips the search for bills if the payment is not booked.
  if (decision.findings.rejected()) return;
  Cents left = c.transaction.amount_cents;
  decision.effects.payoffs = c.now.accounts.payoffs(c.user.slot, c.t, left);
  for (const Payoff& payoff : decision.effects.payoffs) left -= payoff.cents;
  if (left == 0) return;
  decision.effects.bill = credit(c, left);
  if (decision.effects.payoffs.empty())
    decision.findings.add(say<Form::nothing_owed>(user->id, c.transaction.amount_cents));
  else
    decision.findings.add(say<Form::overpaid>(user->id, c.transaction.amount_cents, left));
}

}  // namespace offcirc
