// What users have and owe while a batch is replayed, and whether they may borrow.
#pragma once

#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

// What loading one transaction changes. The rules that decide only write this down; apply() does it.

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
  Slot discharge = k_none;       ///< this charge is closed
  std::optional<Bill> bill;      ///< for what was overdue, or the credit of a payment
  std::optional<Charge> charge;  ///< a new one, of the transaction's item
  std::optional<RenewedCharge> renewal;
  std::vector<HoldChange> holds;
  Slot passed_hold = k_none;       ///< an item is on the shelf for it, but its user took another of the title
  Slot routed_hold = k_none;       ///< the item checked in is to be routed for this hold
  Slot freed_copy = k_none;        ///< the item that was to be routed for a hold that is filled now
  Slot freed_copy_hold = k_none;   ///< the hold that `freed_copy` is to be routed for instead
  CodeIndex location = k_no_code;  ///< where the item is from now on
  std::vector<Payoff> payoffs;
  std::optional<UseCount> use;
  bool checks_in = false;          ///< the item came back
  bool frees_routed_hold = false;  ///< the item left, so the hold for which it was routed needs another
};

// Whether a user may borrow, at the time of the transaction.

enum class UserStatus : std::uint8_t { ok, delinquent, blocked, barred };

/// The sums of a user, a charge or a bill at some time.
struct AccountSums {
  Cents owed_cents = 0;  ///< unpaid bills made by then, net of credits, and the fines accruing on overdue items
  int overdue_items = 0;
  int charges = 0;  ///< open ones, overdue or not

  AccountSums& operator+=(const AccountSums& other);
  AccountSums& operator-=(const AccountSums& other);
};

struct UserStanding : AccountSums {
  UserStatus status = UserStatus::ok;
  UserStatus account = UserStatus::ok;  ///< as if the user were not barred
};

/// Bills and charges made after `t` do not count; claimed items are not overdue.
AccountSums sums_of(const Charge& charge, Seconds t, const State& state, const Policy& policy);
AccountSums sums_of(const Bill& bill, Seconds t);

/// Of a user whose charges and bills add up to `sums`.
UserStanding standing_of(const User& user, const AccountSums& sums, const Policy& policy);
/// Adds them up.
UserStanding standing_of(const User& user, Seconds t, const State& state, const Policy& policy);

bool is_system_user(const User& user, const Policy& policy);

// What users have and owe during a replay. The few charges and bills of most users are added up each time. For a user
// who has many, sums are kept and only changes are read, so that the replay takes time in proportion to the batch.

class Accounts {
 public:
  /// Up to `few` charges and bills of a user are added up each time, which costs less than keeping sums. The arguments
  /// must outlive it.
  Accounts(const State& state, const Policy& policy, std::size_t few) : m_state(state), m_policy(policy), m_few(few) {}

  /// Equals standing_of(). Fast if `t` never goes back.
  UserStanding standing(Slot user, Seconds t);
  /// Returns the bills made by `t` that `cents` pays, oldest first; the last of them perhaps in part.
  std::vector<Payoff> payoffs(Slot user, Seconds t, Cents cents);

  /// Call after a charge was opened or renewed, and before it is closed.
  void charge_changed(Slot charge);
  void charge_closes(Slot charge);
  /// Call after a bill was made or paid.
  void bill_changed(Slot bill);

  void forget() { m_accounts.clear(); }

  /// How many charges and bills were read, which tests compare over two sizes.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  /// A charge or bill of a user who has many.
  struct Part {
    AccountSums sums;              ///< at the account's time
    Seconds changes_at = k_never;  ///< when the sums may change by themselves; k_never: they do not
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

  /// Null if the user's lists are short.
  Account* account_of(Slot user);
  Account* kept_account_of(Slot user);
  [[nodiscard]] bool has_many(const User& user);
  void build(Account& account, const User& user);
  /// Brings the sums forward to `t`, or rebuilds them if `t` is earlier.
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
