// What an overdue item costs.
#pragma once

#include <string>

#include "loader/model/state.hpp"

namespace offcirc {

/// Returns the fine for an item that came back at `until` (UTC) or is still out then, in cents: the days after the due
/// date, or the hours begun, times the rate, up to the cap. The rule and the calendar are those of the checkout
/// library; closed days are left out unless it has fines_on_closed_days. Returns 0 if the item is not overdue or the
/// user is a system user.
Cents fine_of(const Charge& charge, Seconds until, const State& state, const Policy& policy);

/// Returns the first time after `t` (UTC) at which fine_of() may be higher; k_never if it has reached the cap or never
/// grows.
/// \pre The item is overdue at `t`.
Seconds fine_grows_at(const Charge& charge, Seconds t, const State& state, const Policy& policy);

/// Formats an amount: `$12.50`, `-$0.05`.
std::string money(Cents cents);

}  // namespace offcirc
