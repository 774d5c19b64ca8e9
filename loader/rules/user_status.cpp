#include "loader/rules/user_status.hpp"

#include "loader/rules/fine.hpp"

namespace offcirc {
namespace {

void count_charges(const User& user, Seconds t, const State& state, const Policy& policy, UserStanding& standing) {
  for (Slot slot = user.first_charge; slot != k_none; slot = state.charges[slot].next_of_user) {
    const Charge& charge = state.charges[slot];
    if (!charge.open || charge.charged_at > t) continue;
    ++standing.charges;
    const bool claimed = charge.claims_returned_at != k_no_time && charge.claims_returned_at <= t;
    if (claimed || charge.due_at >= t) continue;
    ++standing.overdue_items;
    standing.owed_cents += fine_of(charge, t, state, policy);
  }
}

void count_bills(const User& user, Seconds t, const State& state, UserStanding& standing) {
  for (Slot slot = user.first_bill; slot != k_none; slot = state.bills[slot].next_of_user)
    if (state.bills[slot].billed_at <= t) standing.owed_cents += state.bills[slot].amount_cents;
}

// A threshold of 0 is none.
template <typename Number>
bool reaches(Number value, Number threshold) {
  return threshold > 0 && value >= threshold;
}

}  // namespace

UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy) {
  UserStanding standing;
  count_charges(user, t, state, policy, standing);
  count_bills(user, t, state, standing);
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

bool is_system_user(const User& user, const Policy& policy) {
  return user.profile < policy.profiles.size() && policy.profiles[user.profile].system;
}

}  // namespace offcirc
