#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "loader/rules/checks.hpp"
#include "loader/rules/fine.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
namespace {

// Unpaid bills made by t, oldest first.
std::vector<Slot> unpaid_bills(const Case& c, const User& user) {
  const LargeVector<Bill>& bills = c.now.state.bills;
  std::vector<Slot> unpaid;
  for (Slot slot = user.first_bill; slot != k_none; slot = bills[slot].next_of_user)
    if (bills[slot].amount_cents > 0 && bills[slot].billed_at <= c.t) unpaid.push_back(slot);
  std::stable_sort(unpaid.begin(), unpaid.end(),
                   [&](Slot a, Slot b) { return bills[a].billed_at < bills[b].billed_at; });
  return unpaid;
}

Bill credit(const Case& c, Cents cents) {
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

// The cash is in the till, so it is always booked: what no bill takes becomes a credit.
void decide_payment(const Case& c, Decision& decision) {
  check_user(c, decision.findings);
  const User* user = c.found_user();
  if (user == nullptr) return;
  Cents left = c.transaction.amount_cents;
  for (const Slot slot : unpaid_bills(c, *user)) {
    const Cents paid = std::min(left, c.now.state.bills[slot].amount_cents);
    if (paid == 0) break;
    decision.effects.payoffs.push_back({slot, paid});
    left -= paid;
  }
  if (left == 0) return;
  decision.effects.bill = credit(c, left);
  if (decision.effects.payoffs.empty())
    decision.findings.add(Outcome::nothing_owed, fmt::format("User {} paid {}, but nothing was owed; kept as a credit",
                                                             user->id, money(c.transaction.amount_cents)));
  else
    decision.findings.add(Outcome::overpaid,
                          fmt::format("User {} paid {}, {} more than owed; the rest is kept as a credit", user->id,
                                      money(c.transaction.amount_cents), money(left)));
}

}  // namespace offcirc
