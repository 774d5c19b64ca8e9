// Due dates, and what a renewal and a checkout taken as one have in common.
#pragma once

#include "loader/rules/decision.hpp"

namespace offcirc {

// When an item is due (DOMAIN.md, 5 and 9): the date the desk gave, else its session's default, else the map's.

/// The rule that an item is lent under, and the row of the map that says so.
struct LoanRule {
  CodeIndex rule = k_no_code;            ///< index into State::rules
  std::uint32_t map_row = k_no_map_row;  ///< k_no_map_row: the library's default loan
};

struct DueDate {
  Seconds at = k_never;
  DueFrom from = DueFrom::policy;
};

/// The rule that the item is lent under: the map's, or the library's default loan where the map says that it does not
/// circulate (not-circulating).
LoanRule loan_rule(const RuleInput& c, const User& user, const Item& item, Findings& findings);

/// The due date of a loan that begins, or goes on, at t; never earlier than `old_due` (k_no_time where it begins).
/// due-date-passed, due-date-unusual, due-date-moved.
DueDate due_date(const RuleInput& c, const User& user, const CirculationRule& rule, Seconds old_due,
                 Findings& findings);

// What a renewal and a checkout taken as one have in common.

/// renewals-off
void check_renewals_allowed(const RuleInput& c, const Item* item, Findings& findings);
/// Renews the item's open charge for its holder: renewal-limit, item-has-hold; bills what is overdue so far; the new
/// due date.
void renew_charge(const RuleInput& c, const Item& item, Decision& decision);

}  // namespace offcirc
