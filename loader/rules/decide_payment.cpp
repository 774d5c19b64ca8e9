#include <fmt/format.h>

#include "loader/rules/checks.hpp"
#include "loader/rules/fine.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
namespace {

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
  // Which bills it pays is only asked where it is booked.
  if (decision.findings.rejected()) return;
  Cents left = c.transaction.amount_cents;
  decision.effects.payoffs = c.now.accounts.payoffs(c.user.slot, c.t, left);
  for (const Payoff& payoff : decision.effects.payoffs) left -= payoff.cents;
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
