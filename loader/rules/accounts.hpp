// The effects of a transaction, what users have and owe during a replay, and whether they may borrow.
#pragma once

#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

// The changes that loading one transaction makes. The rules only record them; apply() carries them out.

struct HoldChange {
  Slot hold = k_none;
  HoldStatus status = HoldStatus::waiting;
  Row item_row = 0;
};

struct Payoff {
  Slot bill = k_none;
  Cents cents = 0;
};

/// The new due date of an open charge; the charge keeps its library and rule.
struct RenewedCharge {
  Slot charge = k_none;
  Seconds due_at = k_never;
  bool by_checkout = false;
};

struct Effects {
  Slot discharge = k_none;       ///< the charge to close
  std::optional<Bill> bill;      ///< for an overdue item, or the credit of a payment
  std::optional<Charge> charge;  ///< a new charge of the transaction's item
  std::optional<RenewedCharge> renewal;
  std::vector<HoldChange> holds;
  Slot passed_hold = k_none;      ///< an item is on the hold shelf for it, but its user took another item of the title
  Slot routed_hold = k_none;      ///< the hold that the checked-in item is routed for
  Slot freed_copy = k_none;       ///< the item that was routed for a hold that is now filled
  Slot freed_copy_hold = k_none;  ///< the hold that `freed_copy` is routed for instead
  std::optional<CodeIndex> location;  ///< the item's new current location; k_no_code: home, which is not known
  std::vector<Payoff> payoffs;
  std::optional<UseCount> use;
  bool checks_in = false;          ///< the item came back
  bool frees_routed_hold = false;  ///< the item left, so the holds that it was routed for need another copy
};

// Whether a user may borrow, as of the time of the transaction. Thresholds of the user's profile decide (user-blocked
// and user-delinquent in man/offcirc-rules.7).

enum class UserStatus : std::uint8_t { ok, delinquent, blocked, barred };

/// What a user, a charge or a bill adds up to at a given time.
struct AccountSums {
  Cents owed_cents = 0;  ///< unpaid bills made by then, net of credits, plus fines accruing on overdue items
  int overdue_items = 0;
  int charges = 0;  ///< open charges, overdue or not

  AccountSums& operator+=(const AccountSums& other);
  AccountSums& operator-=(const AccountSums& other);
};

struct UserStanding : AccountSums {
  UserStatus status = UserStatus::ok;
  UserStatus account = UserStatus::ok;  ///< disregarding whether the user is barred; never `barred`
};

/// Bills and charges made after `t` do not count. An item claimed returned by then is not overdue.
AccountSums sums_of(const Charge& charge, Seconds t, const State& state, const Policy& policy);
AccountSums sums_of(const Bill& bill, Seconds t);

/// Returns the standing of a user whose charges and bills add up to `sums`.
UserStanding standing_of(const User& user, const AccountSums& sums, const Policy& policy);
/// Returns the standing of a user at `t`. Adds up all charges and bills.
UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy);

bool is_system_user(const User& user, const Policy& policy);

/// Keeps track of what users have and owe during a replay. Most users have few charges and bills, which are added up
/// each time. For a user who has many, sums are kept and only changes are applied, so that the replay takes time
/// proportional to the batch.
class Accounts {
 public:
  /// Sums are kept only for users with more than `few` charges and bills: for the others, adding up costs less. `state`
  /// and `policy` must outlive this object.
  Accounts(const State& state, const Policy& policy, std::size_t few) : m_state(state), m_policy(policy), m_few(few) {}

  /// Returns the same as standing_of(). Fast if `t` never goes back from one call to the next.
  UserStanding standing(Slot user, Seconds t);
  /// Returns the bills made by `t` that a payment of `cents` pays, oldest first. It may pay the last one in part.
  std::vector<Payoff> payoffs(Slot user, Seconds t, Cents cents);

  /// Call this after a charge was opened or renewed.
  void charge_changed(Slot charge);
  /// Call this before a charge is closed.
  void charge_closes(Slot charge);
  /// Call this after a bill was made or paid.
  void bill_changed(Slot bill);

  void forget() { m_accounts.clear(); }

  /// Returns how many charges and bills were looked at. Tests compare it for two sizes of batches.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  /// A charge or bill of a user who has many.
  struct Part {
    AccountSums sums;              ///< at the account's time
    Seconds changes_at = k_never;  ///< when time alone may change the sums; k_never: never
    std::uint32_t position = 0;    ///< for a bill: its place in the user's list
  };
  /// Charges and bills are numbered separately, so a slot alone is ambiguous.
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
    std::set<std::tuple<Seconds, std::uint32_t, Slot>> unpaid;  ///< by time, then place in the list
    std::uint32_t bill_count = 0;
  };

  /// Returns null if the user has few charges and bills.
  Account* account_of(Slot user);
  Account* kept_account_of(Slot user);
  [[nodiscard]] bool has_many(const User& user);
  void build(Account& account, const User& user);
  /// Moves the sums forward to `t`, or rebuilds them if `t` is earlier.
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
