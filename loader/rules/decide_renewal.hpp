// What a renewal and a checkout taken as one have in common.
#pragma once

#include "loader/rules/decision.hpp"

namespace offcirc {

/// renewals-off
void check_renewals_allowed(const Case& c, const Item* item, Findings& findings);
/// Renews the item's open charge for its holder: renewal-limit, item-has-hold; bills what is overdue so far; the new
/// due date.
void renew_charge(const Case& c, const Item& item, Decision& decision);

}  // namespace offcirc
