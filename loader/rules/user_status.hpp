// Whether a user may borrow, as of the time of the transaction (DOMAIN.md, 4).
#pragma once

#include "loader/rules/state.hpp"

namespace offcirc {

enum class UserStatus : std::uint8_t { ok, delinquent, blocked, barred };

struct UserStanding {
  UserStatus status = UserStatus::ok;
  UserStatus account = UserStatus::ok;  ///< without regard to whether the user is barred
  Cents owed_cents = 0;  ///< unpaid bills made by then, net of credits, and the fines accruing on overdue items
  int overdue_items = 0;
  int charges = 0;  ///< open ones, overdue or not
};

/// Bills and charges made after `t` do not count; claimed items are not overdue.
UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy);

bool is_system_user(const User& user, const Policy& policy);

}  // namespace offcirc
