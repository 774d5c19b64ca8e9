#include "loader/rules/due_date.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/policy/loan_end.hpp"
#include "loader/rules/user_status.hpp"
#include "loader/rules/wording.hpp"

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

}  // namespace offcirc
