#include "loader/rules/decide_renewal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "loader/model/calendar.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/holds.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_hour_seconds = 3600;

// A bare date means the end of that day. So does a time where the loan counts days: pages and vendors write the hour of
// opening, or 0400, with the day.
Seconds given_due(Stamp due, const CirculationRule& rule, const Zone& zone) {
  if (due.is(StampForm::date)) return end_of_loan_day(static_cast<Day>(due.seconds() / k_day_seconds), zone);
  const Seconds at = utc_of(due, zone);
  return rule.hourly_loan || at == k_never ? at : end_of_loan_day(zone.day_of(at), zone);
}

// Counted in calendar days, hours where the loan is hourly.
bool longer_than_twice(const CirculationRule& rule, const Case& c, Seconds due) {
  if (due == k_never) return true;
  if (rule.hourly_loan) return due - c.t > 2 * rule.loan * k_hour_seconds;
  return c.zone().day_of(due) - c.day > 2 * rule.loan;
}

Seconds map_due(const Case& c, const User& user, const CirculationRule& rule, Seconds old_due, Findings& findings) {
  const auto [first, moved] = loan_end(rule, c.t, c.library.calendar, c.zone());
  // A privilege that has expired already limits nothing: the item is out all the same.
  if (c.library.offline.cap_due_at_expiry && c.day <= user.expires_on && user.expires_on != INT32_MAX) {
    const Seconds last = end_of_loan_day(user.expires_on, c.zone());
    if (moved > last) return std::max(last, old_due);
  }
  if (old_due >= moved) return old_due;
  if (moved != first)
    findings.add(Outcome::due_date_moved,
                 fmt::format("Due date moved from {}, when {} is closed, to {}", due_text(first, c.zone()),
                             c.library.code, due_text(moved, c.zone())));
  return moved;
}

void add_unusual(const Case& c, Seconds due, Findings& findings) {
  std::string message = fmt::format("The due date {} is more than twice the usual loan", due_text(due, c.zone()));
  // A session's default stands on every line of the log: the follow-up is the log's.
  if (c.transaction.due_from == DueFrom::session)
    findings.add_note(Outcome::due_date_unusual, std::move(message));
  else
    findings.add(Outcome::due_date_unusual, std::move(message));
}

}  // namespace

LoanRule loan_rule(const Case& c, const User& user, const Item& item, Findings& findings) {
  const RuleBook& book = c.now.book;
  const std::uint32_t row = book.map_row(c.desk.library, user.profile, item.item_type);
  if (row != k_no_map_row && c.now.state.rules[book.rule_of_row(row)].loan > 0) return {book.rule_of_row(row), row};
  const CodeIndex loan = book.default_loan(c.desk.library);
  findings.add(Outcome::not_circulating,
               fmt::format("Item {} does not circulate by the circulation map{}; lent for the default loan, {}",
                           item.id, row == k_no_map_row ? " (no row fits)" : "", c.now.state.rules[loan].text));
  return {loan, k_no_map_row};
}

DueDate due_date(const Case& c, const User& user, const CirculationRule& rule, Seconds old_due, Findings& findings) {
  if (is_system_user(user, c.now.policy)) return {k_never, DueFrom::policy};
  if (!c.transaction.due.says_when()) return {map_due(c, user, rule, old_due, findings), DueFrom::policy};
  const Seconds given = given_due(c.transaction.due, rule, c.zone());
  if (given < c.t) {
    const Seconds due = map_due(c, user, rule, old_due, findings);
    findings.add(Outcome::due_date_passed, fmt::format("The due date {} was before the transaction; {} is used",
                                                       due_text(given, c.zone()), due_text(due, c.zone())));
    return {due, DueFrom::policy};
  }
  if (longer_than_twice(rule, c, given)) add_unusual(c, given, findings);
  return {std::max(given, old_due), c.transaction.due_from};
}

namespace {

// Why an item that the log renews is none that can be renewed; empty where it can.
std::string why_not_charged(const Case& c, const Item& item) {
  if (item.charge == k_none) return phrase_with(Outcome::item_not_charged, item.id);
  const Charge& charge = c.now.state.charges[item.charge];
  if (is_claimed(charge))
    return fmt::format("Item is not charged: {} was claimed returned by user {}", item.id,
                       c.now.state.users[charge.user].id);
  if (is_lost(item, c.now.book))
    return fmt::format("Item is not charged: {} is lost by user {}", item.id, c.now.state.users[charge.user].id);
  return {};
}

// Somebody has to tell the user, and the line need not say who that is.
std::string charged_to(const Case& c, const Charge& charge) {
  return fmt::format("was charged to user {}, due {}", c.now.state.users[charge.user].id,
                     due_text(charge.due_at, c.zone()));
}

}  // namespace

void check_renewals_allowed(const Case& c, const Item* item, Findings& findings) {
  if (c.library.offline.renewals) return;
  std::string message = fmt::format("Renewals are not allowed offline at {}", c.library.code);
  if (item != nullptr && item->charge != k_none)
    message += fmt::format(": item {} {}", item->id, charged_to(c, c.now.state.charges[item->charge]));
  findings.add(Outcome::renewals_off, std::move(message));
}

void renew_charge(const Case& c, const Item& item, Decision& decision) {
  const Charge& charge = c.now.state.charges[item.charge];
  const User& holder = c.now.state.users[charge.user];
  Findings& findings = decision.findings;
  if (charge.renewals >= c.library.offline.max_renewals)
    findings.add(Outcome::renewal_limit,
                 fmt::format("Renewal limit reached: item {} was renewed {} of {} times; it {}", item.id,
                             charge.renewals, c.library.offline.max_renewals, charged_to(c, charge)));
  if (another_waits(c, item, holder))
    findings.add(Outcome::item_has_hold,
                 phrase_with(Outcome::item_has_hold, fmt::format("{}; it {}", item.id, charged_to(c, charge))));
  if (c.desk.library == k_no_library) return;

  const bool system = is_system_user(holder, c.now.policy);
  const LoanRule loan = system ? LoanRule{} : loan_rule(c, holder, item, findings);
  const DueDate due =
      due_date(c, holder, system ? CirculationRule{} : c.now.state.rules[loan.rule], charge.due_at, findings);
  decision.rules.loan = loan.rule;
  decision.rules.map_row = loan.map_row;
  decision.effects.renewal = RenewedCharge{item.charge, due.at};
  decision.due_at = due.at;
  decision.due_from = due.from;
  // A claimed item accrues nothing, and so owes nothing when it turns up again.
  if (!is_claimed(charge)) bill_overdue(c, charge, c.t, decision);
}

void decide_renewal(const Case& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Item* item = c.found_item();
  check_renewals_allowed(c, item, findings);
  const bool names_user = c.entry.user_key != k_none;
  if (names_user) check_user(c, findings);
  check_item(c, findings);

  const Charge* charge = item == nullptr || item->charge == k_none ? nullptr : &c.now.state.charges[item->charge];
  const User* borrower = c.found_user();
  if (!names_user && charge != nullptr) borrower = &c.now.state.users[charge->user];
  if (borrower != nullptr) check_borrower(c, *borrower, findings);
  if (item == nullptr) return;

  check_later_action(c, *item, findings);
  const std::string not_charged = why_not_charged(c, *item);
  if (!not_charged.empty()) findings.add(Outcome::item_not_charged, not_charged);
  if (charge != nullptr && c.user.slot != k_none && charge->user != c.user.slot)
    findings.add(Outcome::charged_to_another,
                 fmt::format("Item {} is charged to another user: {}", item->id, c.now.state.users[charge->user].id));
  if (charge != nullptr) renew_charge(c, *item, decision);
}

}  // namespace offcirc
