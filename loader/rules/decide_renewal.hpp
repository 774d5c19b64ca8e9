// Due dates, and what renewals and checkouts taken as renewals have in common.
#pragma once

#include "loader/rules/decision.hpp"

namespace offcirc {

// An item is due on the date that the desk set for the transaction, or else for its session, or else on the date that
// the circulation map gives.

/// The rule of a loan, and the row of the circulation map that it comes from.
struct LoanRule {
  CodeIndex rule = k_no_code;            ///< index into State::rules
  std::uint32_t map_row = k_no_map_row;  ///< k_no_map_row if it is the library's default loan
};

struct DueDate {
  Seconds at = k_never;
  DueFrom from = DueFrom::policy;
};

/// Returns the rule from the map or, with not-circulating, the library's default loan if no row fits or the row that
/// fits has a loan of 0.
LoanRule loan_rule(const RuleInput& c, const User& user, const Item& item, Findings& findings);

/// Returns the due date of a loan or renewal at the time of the transaction, in UTC: never earlier than `old_due`,
/// which is k_no_time for a new loan. Adds due-date-passed, due-date-unusual, due-date-moved. A system user's is
/// k_never.
DueDate due_date(const RuleInput& c, const User& user, const CirculationRule& rule, Seconds old_due,
                 Findings& findings);

// Shared by renewals and checkouts taken as renewals.

/// renewals-off, if the library does not accept renewals from offline logs. Names the charge of `item`, if it has one.
void check_renewals_allowed(const RuleInput& c, const Item* item, Findings& findings);
/// Renews the item's open charge for the user who has it: sets the new due date, and bills what is overdue so far. Adds
/// renewal-limit and item-has-hold.
void renew_charge(const RuleInput& c, const Item& item, Decision& decision);

}  // namespace offcirc
