#include "loader/rules/user_status.hpp"

#include "loader/rules/fine.hpp"

namespace offcirc {
namespace {

// A threshold of 0 is none.
template <typename Number>
bool reaches(Number value, Number threshold) {
  return threshold > 0 && value >= threshold;
}

}  // namespace

AccountSums& AccountSums::operator+=(const AccountSums& other) {
  owed_cents += other.owed_cents;
  overdue_items += other.overdue_items;
  charges += other.charges;
  return *this;
}

AccountSums& AccountSums::operator-=(const AccountSums& other) {
  owed_cents -= other.owed_cents;
  overdue_items -= other.overdue_items;
  charges -= other.charges;
  return *this;
}

AccountSums sums_of(const Charge& charge, Seconds t, const State& state, const Policy& policy) {
  if (!charge.open || charge.charged_at > t) return {};
  const bool claimed = charge.claims_returned_at != k_no_time && charge.claims_returned_at <= t;
  if (claimed || charge.due_at >= t) return {0, 0, 1};
  return {fine_of(charge, t, state, policy), 1, 1};
}

AccountSums sums_of(const Bill& bill, Seconds t) {
  return {bill.billed_at <= t ? bill.amount_cents : 0, 0, 0};
}

UserStanding standing_of(const User& user, const AccountSums& sums, const Policy& policy) {
  UserStanding standing{sums};
  static const Profile k_no_thresholds;
  const Profile& profile = user.profile < policy.profiles.size() ? policy.profiles[user.profile] : k_no_thresholds;
  if (reaches(standing.owed_cents, profile.bill_threshold_cents) ||
      reaches(standing.overdue_items, profile.overdue_threshold) ||
      reaches(user.claims_returned, profile.claims_returned_threshold))
    standing.account = UserStatus::blocked;
  else if (standing.owed_cents > 0 || standing.overdue_items > 0)
    standing.account = UserStatus::delinquent;
  standing.status = user.barred ? UserStatus::barred : standing.account;
  return standing;
}

UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy) {
  AccountSums sums;
  for (Slot slot = user.first_charge; slot != k_none; slot = state.charges[slot].next_of_user)
    sums += sums_of(state.charges[slot], t, state, policy);
  for (Slot slot = user.first_bill; slot != k_none; slot = state.bills[slot].next_of_user)
    sums += sums_of(state.bills[slot], t);
  return standing_of(user, sums, policy);
}

bool is_system_user(const User& user, const Policy& policy) {
  return user.profile < policy.profiles.size() && policy.profiles[user.profile].system;
}

}  // namespace offcirc
