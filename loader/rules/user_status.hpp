// Whether a user may borrow, as of the time of the transaction (DOMAIN.md, 4).
#pragma once

#include "loader/rules/state.hpp"

namespace offcirc {

enum class UserStatus : std::uint8_t { ok, delinquent, blocked, barred };

/// What a user, a charge or a bill adds up to at some time.
struct AccountSums {
  Cents owed_cents = 0;  ///< unpaid bills made by then, net of credits, and the fines accruing on overdue items
  int overdue_items = 0;
  int charges = 0;  ///< open ones, overdue or not

  AccountSums& operator+=(const AccountSums& other);
  AccountSums& operator-=(const AccountSums& other);
};

struct UserStanding : AccountSums {
  UserStatus status = UserStatus::ok;
  UserStatus account = UserStatus::ok;  ///< without regard to whether the user is barred
};

/// Bills and charges made after `t` do not count; claimed items are not overdue.
AccountSums sums_of(const Charge& charge, Seconds t, const State& state, const Policy& policy);
AccountSums sums_of(const Bill& bill, Seconds t);

/// Of a user whose charges and bills add up to `sums`.
UserStanding standing_of(const User& user, const AccountSums& sums, const Policy& policy);
/// Adds them up.
UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy);

bool is_system_user(const User& user, const Policy& policy);

}  // namespace offcirc
