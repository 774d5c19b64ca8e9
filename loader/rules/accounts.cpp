#include "loader/rules/accounts.hpp"

#include <algorithm>

#include "loader/rules/money.hpp"

namespace offcirc {

namespace {

// A threshold of 0 means that there is none.
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

UserStanding Accounts::standing(Slot slot, Seconds t) {
  const User& user = m_state.users[slot];
  Account* account = account_of(slot);
  if (account == nullptr) return standing_of(user, t, m_state, m_policy);
  move_to(*account, user, t);
  return standing_of(user, account->sums, m_policy);
}

std::vector<Payoff> Accounts::payoffs(Slot slot, Seconds t, Cents cents) {
  const User& user = m_state.users[slot];
  std::vector<Payoff> payoffs;
  const auto pay = [&](Slot bill) {
    const Cents paid = std::min(cents, m_state.bills[bill].amount_cents);
    payoffs.push_back({bill, paid});
    cents -= paid;
  };
  if (const Account* account = account_of(slot)) {
    for (const auto& [billed_at, position, bill] : account->unpaid) {
      if (cents == 0 || billed_at > t) break;
      pay(bill);
      ++m_looked_at;
    }
    return payoffs;
  }
  std::vector<Slot> unpaid;
  for (Slot bill = user.first_bill; bill != k_none; bill = m_state.bills[bill].next_of_user)
    if (m_state.bills[bill].amount_cents > 0 && m_state.bills[bill].billed_at <= t) unpaid.push_back(bill);
  std::stable_sort(unpaid.begin(), unpaid.end(),
                   [&](Slot a, Slot b) { return m_state.bills[a].billed_at < m_state.bills[b].billed_at; });
  for (auto bill = unpaid.begin(); bill != unpaid.end() && cents > 0; ++bill) pay(*bill);
  return payoffs;
}

void Accounts::charge_changed(Slot charge) {
  if (Account* account = kept_account_of(m_state.charges[charge].user)) set_charge(*account, charge);
}

void Accounts::charge_closes(Slot charge) {
  Account* account = kept_account_of(m_state.charges[charge].user);
  if (account == nullptr) return;
  set_part(*account, {false, charge}, account->charges[charge], {}, k_never);
  account->charges.erase(charge);
}

void Accounts::bill_changed(Slot bill) {
  if (Account* account = kept_account_of(m_state.bills[bill].user)) set_bill(*account, bill);
}

Accounts::Account* Accounts::account_of(Slot user) {
  if (Account* account = kept_account_of(user)) return account;
  if (!has_many(m_state.users[user])) return nullptr;
  Account& account = m_accounts[user];
  build(account, m_state.users[user]);
  return &account;
}

Accounts::Account* Accounts::kept_account_of(Slot user) {
  if (m_accounts.empty()) return nullptr;
  const auto found = m_accounts.find(user);
  return found == m_accounts.end() ? nullptr : &found->second;
}

bool Accounts::has_many(const User& user) {
  std::size_t count = 0;
  for (Slot slot = user.first_charge; slot != k_none && count <= m_few; slot = m_state.charges[slot].next_of_user)
    ++count;
  for (Slot slot = user.first_bill; slot != k_none && count <= m_few; slot = m_state.bills[slot].next_of_user) ++count;
  m_looked_at += count;
  return count > m_few;
}

void Accounts::build(Account& account, const User& user) {
  for (Slot slot = user.first_charge; slot != k_none; slot = m_state.charges[slot].next_of_user)
    set_charge(account, slot);
  for (Slot slot = user.first_bill; slot != k_none; slot = m_state.bills[slot].next_of_user) set_bill(account, slot);
}

void Accounts::move_to(Account& account, const User& user, Seconds t) {
  if (t < account.time) {
    account = {};
    account.time = t;
    return build(account, user);
  }
  account.time = t;
  while (!account.changes.empty() && account.changes.begin()->first <= t) {
    const PartId id = account.changes.begin()->second;
    if (id.is_bill)
      set_bill(account, id.slot);
    else
      set_charge(account, id.slot);
  }
}

void Accounts::set_charge(Account& account, Slot slot) {
  const Charge& charge = m_state.charges[slot];
  set_part(account, {false, slot}, account.charges[slot], sums_of(charge, account.time, m_state, m_policy),
           change_of(charge, account.time));
}

void Accounts::set_bill(Account& account, Slot slot) {
  const Bill& bill = m_state.bills[slot];
  const auto [found, is_new] = account.bills.try_emplace(slot);
  Part& part = found->second;
  if (is_new) part.position = account.bill_count++;
  set_part(account, {true, slot}, part, sums_of(bill, account.time),
           bill.billed_at > account.time ? bill.billed_at : k_never);
  if (bill.amount_cents > 0)
    account.unpaid.emplace(bill.billed_at, part.position, slot);
  else
    account.unpaid.erase({bill.billed_at, part.position, slot});
}

void Accounts::set_part(Account& account, PartId id, Part& part, const AccountSums& sums, Seconds changes_at) {
  ++m_looked_at;
  if (part.changes_at != k_never) account.changes.erase({part.changes_at, id});
  account.sums -= part.sums;
  account.sums += sums;
  part.sums = sums;
  part.changes_at = changes_at;
  if (changes_at != k_never) account.changes.insert({changes_at, id});
}

Seconds Accounts::change_of(const Charge& charge, Seconds t) const {
  if (charge.charged_at > t) return charge.charged_at;
  const bool is_claimed = charge.claims_returned_at != k_no_time;
  if (is_claimed && charge.claims_returned_at <= t) return k_never;
  const Seconds claimed_at = is_claimed ? charge.claims_returned_at : k_never;
  if (charge.due_at >= t) return std::min(claimed_at, charge.due_at == k_never ? k_never : charge.due_at + 1);
  return std::min(claimed_at, fine_grows_at(charge, t, m_state, m_policy));
}

}  // namespace offcirc
