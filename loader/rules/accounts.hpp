// What users have and owe while a batch is replayed. The few charges and bills of most users are looked through each
// time; for a user who has many, sums are kept and only what changes is looked at, so that the replay takes time in
// proportion to the batch.
#pragma once

#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/rules/effects.hpp"
#include "loader/rules/user_status.hpp"

namespace offcirc {

class Accounts {
 public:
  /// Up to `few` charges and bills of a user are looked through each time: that costs less than to keep sums. What it
  /// is given outlives it.
  Accounts(const State& state, const Policy& policy, std::size_t few) : m_state(state), m_policy(policy), m_few(few) {}

  /// As standing_of() says. Fast where `t` is never before that of an earlier call.
  UserStanding standing(Slot user, Seconds t);
  /// The bills made by `t` that `cents` pays, oldest first; the last of them perhaps in part.
  std::vector<Payoff> payoffs(Slot user, Seconds t, Cents cents);

  /// To be said after a charge was opened or renewed, and before it is closed.
  void charge_changed(Slot charge);
  void charge_closes(Slot charge);
  /// After a bill was made or paid.
  void bill_changed(Slot bill);

  void forget() { m_accounts.clear(); }

  /// How many charges and bills were looked at: what tests compare over two sizes.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  /// A charge or bill of a user who has many.
  struct Part {
    AccountSums sums;              ///< at the account's time
    Seconds changes_at = k_never;  ///< when these may be others; k_never: not by themselves
    std::uint32_t position = 0;    ///< of a bill: its place in the user's list
  };
  /// Charges and bills have slots of their own.
  struct PartId {
    bool is_bill;
    Slot slot;

    friend auto operator<=>(const PartId&, const PartId&) = default;
  };
  struct Account {
    Seconds time = k_no_time;
    AccountSums sums;
    std::unordered_map<Slot, Part> charges, bills;
    std::set<std::pair<Seconds, PartId>> changes;               ///< by Part::changes_at
    std::set<std::tuple<Seconds, std::uint32_t, Slot>> unpaid;  ///< by time, place in the list
    std::uint32_t bill_count = 0;
  };

  /// Null where the user's lists are short.
  Account* account_of(Slot user);
  Account* kept_account_of(Slot user);
  [[nodiscard]] bool has_many(const User& user);
  void build(Account& account, const User& user);
  /// Brings the sums forward to `t`; builds them anew where `t` is earlier.
  void move_to(Account& account, const User& user, Seconds t);
  void set_charge(Account& account, Slot charge);
  void set_bill(Account& account, Slot bill);
  void set_part(Account& account, PartId id, Part& part, const AccountSums& sums, Seconds changes_at);
  [[nodiscard]] Seconds change_of(const Charge& charge, Seconds t) const;

  const State& m_state;
  const Policy& m_policy;
  std::size_t m_few;
  std::unordered_map<Slot, Account> m_accounts;  ///< by user
  std::uint64_t m_looked_at = 0;
};

}  // namespace offcirc
