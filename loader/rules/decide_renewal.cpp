#include "loader/rules/decide_renewal.hpp"

#include <fmt/format.h>

#include <utility>

#include "loader/rules/checks.hpp"
#include "loader/rules/due_date.hpp"
#include "loader/rules/holds.hpp"
#include "loader/rules/user_status.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
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
