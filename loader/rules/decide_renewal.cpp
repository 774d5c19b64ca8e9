#include "loader/rules/decide_renewal.hpp"

#include <algorithm>
#include <utility>

#include "loader/model/calendar.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/holds.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_hour_seconds = 3600;

// A bare date means the end of that day. So does a time if the loan is in days, because web pages and vendors add the
// opening hour or 0400 to the date.
Seconds given_due(Stamp due, const CirculationRule& rule, const Zone& zone) {
  if (due.is(StampForm::date)) return end_of_loan_day(static_cast<Day>(due.seconds() / k_day_seconds), zone);
  const Seconds at = utc_of(due, zone);
  return rule.hourly_loan || at == k_never ? at : end_of_loan_day(zone.day_of(at), zone);
}

// Whether the loan is more than twice as long as the rule's, in calendar days, or in hours if the loan is hourly.
bool longer_than_twice(const CirculationRule& rule, const RuleInput& c, Seconds due) {
  if (due == k_never) return true;
  if (rule.hourly_loan) return due - c.t > 2 * rule.loan * k_hour_seconds;
  return c.zone().day_of(due) - c.day > 2 * rule.loan;
}

Seconds map_due(const RuleInput& c, const User& user, const CirculationRule& rule, Seconds old_due,
                Findings& findings) {
  const auto [first, moved] = loan_end(rule, c.t, c.library.calendar, c.zone());
  // A privilege that has already expired does not limit the due date: the item is out anyway.
  if (c.library.offline.cap_due_at_expiry && c.day <= user.expires_on && user.expires_on != INT32_MAX) {
    const Seconds last = end_of_loan_day(user.expires_on, c.zone());
    if (moved > last) return std::max(last, old_due);
  }
  if (old_due >= moved) return old_due;
  if (moved != first) findings.add(say<Form::due_date_moved>(first, c.library.code, moved));
  return moved;
}

void add_unusual(const RuleInput& c, Seconds due, Findings& findings) {
  NewSentence sentence = say<Form::due_date_unusual>(due);
  // A session's default is on every line of the log, so the follow-up is on the log.
  if (c.transaction.due_from == DueFrom::session)
    findings.add_note(std::move(sentence));
  else
    findings.add(std::move(sentence));
}

}  // namespace

LoanRule loan_rule(const RuleInput& c, const User& user, const Item& item, Findings& findings) {
  const RuleBook& book = c.now.book;
  const std::uint32_t row = book.map_row(c.desk.library, user.profile, item.item_type);
  if (row != k_no_map_row && c.now.state.rules[book.rule_of_row(row)].loan > 0) return {book.rule_of_row(row), row};
  const CodeIndex loan = book.default_loan(c.desk.library);
  const std::string& loan_text = c.now.state.rules[loan].text;
  findings.add(row == k_no_map_row ? say<Form::no_row_fits>(item.id, loan_text)
                                   : say<Form::not_circulating>(item.id, loan_text));
  return {loan, k_no_map_row};
}

DueDate due_date(const RuleInput& c, const User& user, const CirculationRule& rule, Seconds old_due,
                 Findings& findings) {
  if (is_system_user(user, c.now.policy)) return {k_never, DueFrom::policy};
  if (!c.transaction.due.says_when()) return {map_due(c, user, rule, old_due, findings), DueFrom::policy};
  const Seconds given = given_due(c.transaction.due, rule, c.zone());
  if (given < c.t) {
    const Seconds due = map_due(c, user, rule, old_due, findings);
    findings.add(say<Form::due_date_passed>(given, due));
    return {due, DueFrom::policy};
  }
  if (longer_than_twice(rule, c, given)) add_unusual(c, given, findings);
  return {std::max(given, old_due), c.transaction.due_from};
}

namespace {

// Returns why the item can't be renewed: it is not checked out, claimed returned or lost. Empty if it can.
NewSentence why_not_charged(const RuleInput& c, const Item& item) {
  if (item.charge == k_none) return say<Form::not_charged>(item.id);
  const Charge& charge = c.now.state.charges[item.charge];
  if (is_claimed(charge)) return say<Form::claimed_by>(item.id, c.now.state.users[charge.user].id);
  if (is_lost(item, c.now.book)) return say<Form::lost_by>(item.id, c.now.state.users[charge.user].id);
  return {};
}

// Names the user and the due date: staff have to call the user, whom the line need not name.
NewSentence with_charge(NewSentence sentence, const RuleInput& c, const Charge& charge) {
  sentence.add<Form::was_charged>(c.now.state.users[charge.user].id, charge.due_at);
  return sentence;
}

}  // namespace

void check_renewals_allowed(const RuleInput& c, const Item* item, Findings& findings) {
  if (c.library.offline.renewals) return;
  NewSentence sentence = say<Form::renewals_off>(c.library.code);
  if (item != nullptr && item->charge != k_none) {
    const Charge& charge = c.now.state.charges[item->charge];
    sentence.add<Form::item_was_charged>(item->id, c.now.state.users[charge.user].id, charge.due_at);
  }
  findings.add(std::move(sentence));
}

void renew_charge(const RuleInput& c, const Item& item, Decision& decision) {
  const Charge& charge = c.now.state.charges[item.charge];
  const User& holder = c.now.state.users[charge.user];
  Findings& findings = decision.findings;
  if (charge.renewals >= c.library.offline.max_renewals)
    findings.add(
        with_charge(say<Form::renewal_limit>(item.id, charge.renewals, c.library.offline.max_renewals), c, charge));
  if (another_waits(c, item, holder)) findings.add(with_charge(say<Form::item_has_hold>(item.id), c, charge));
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
  // A claimed item accrues no fine, so none is due when it turns up again.
  if (!is_claimed(charge)) bill_overdue(c, charge, c.t, decision);
}

void decide_renewal(const RuleInput& c, Decision& decision) {
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
  NewSentence not_charged = why_not_charged(c, *item);
  if (!not_charged.empty()) findings.add(std::move(not_charged));
  if (charge != nullptr && c.user.slot != k_none && charge->user != c.user.slot)
    findings.add(say<Form::charged_to_another>(item->id, c.now.state.users[charge->user].id));
  if (charge != nullptr) renew_charge(c, *item, decision);
}

}  // namespace offcirc
