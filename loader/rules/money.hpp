// What an overdue item costs, and how amounts are written.
#pragma once

#include <string>

#include "loader/model/state.hpp"

namespace offcirc {

/// Returns the fine in cents if the item came back, or is still out, at `until` (UTC): the days after the due day, or
/// the hours begun, times the rate, at most the cap. 0 if the item is not overdue or the user is a system user. The
/// rule and the calendar are those of the checkout library.
Cents fine_of(const Charge& charge, Seconds until, const State& state, const Policy& policy);

/// Returns the first time after `t` at which fine_of() may be higher; k_never if it has reached its cap or never grows.
/// \pre The item is overdue at `t`.
Seconds fine_grows_at(const Charge& charge, Seconds t, const State& state, const Policy& policy);

/// `$12.50`, `-$0.05`
std::string money(Cents cents);

}  // namespace offcirc
