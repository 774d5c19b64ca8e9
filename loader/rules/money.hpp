// What an overdue item costs (DOMAIN.md, 5 and 9).
#pragma once

#include <string>

#include "loader/model/state.hpp"

namespace offcirc {

/// In cents, if the item came back, or is still out, at `until` (UTC): days after the due day, or started hours, times
/// the rate, at most the cap; 0 where it is not overdue, or the user is a system user. By the rule and the calendar of
/// the checkout library.
Cents fine_of(const Charge& charge, Seconds until, const State& state, const Policy& policy);

/// The first time after `t` at which fine_of() may be more; k_never where it has reached its cap, or never grows.
/// \pre The item is overdue at `t`.
Seconds fine_grows_at(const Charge& charge, Seconds t, const State& state, const Policy& policy);

/// `$12.50`, `-$0.05`
std::string money(Cents cents);

}  // namespace offcirc
