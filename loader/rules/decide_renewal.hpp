// Due dates, and what a renewal shares with a checkout that is taken as a renewal.
#pragma once

#include "loader/rules/decision.hpp"

namespace offcirc {

// When an item is due: on the date that the desk gave, else on its session's default, else by the circulation map.

/// The rule that an item is lent under, and the row of the map that has it.
struct LoanRule {
  CodeIndex rule = k_no_code;            ///< index into State::rules
  std::uint32_t map_row = k_no_map_row;  ///< k_no_map_row: the library's default loan
};

struct DueDate {
  Seconds at = k_never;
  DueFrom from = DueFrom::policy;
};

/// Returns the map's rule for the item, or the library's default loan if the map says that the item does not circulate
/// (not-circulating).
LoanRule loan_rule(const RuleInput& c, const User& user, const Item& item, Findings& findings);

/// Returns the due date of a loan that begins or is renewed at t, never before `old_due` (k_no_time for a new loan).
/// Finds due-date-passed, due-date-unusual and due-date-moved.
DueDate due_date(const RuleInput& c, const User& user, const CirculationRule& rule, Seconds old_due,
                 Findings& findings);

// What a renewal shares with a checkout that is taken as a renewal.

/// Finds renewals-off.
void check_renewals_allowed(const RuleInput& c, const Item* item, Findings& findings);
/// Renews the item's open charge for its holder: finds renewal-limit and item-has-hold, bills the fine so far, and sets
/// the new due date.
void renew_charge(const RuleInput& c, const Item& item, Decision& decision);

}  // namespace offcirc
