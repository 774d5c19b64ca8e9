// What a rule decides, and the only functions that change the state accordingly.
#pragma once

#include "loader/model/state.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/findings.hpp"
#include "loader/rules/namesakes.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/replay.hpp"
#include "loader/rules/rule_book.hpp"

namespace offcirc {

// The rules of circulation: one function for each kind of transaction. It records its findings and the changes to make,
// but does not change the state.

/// What the rules can read: the policy, and the state as the earlier transactions left it. The members that are not
/// const are only caches of it.
struct RuleContext {
  const Batch& batch;
  const Policy& policy;
  const RuleBook& book;
  const ReplayOptions& options;
  const State& state;
  const ReadSet& read_set;
  Accounts& accounts;
  Namesakes& namesakes;
  IdRules& id_rules;
};

/// One transaction, with the records that it names.
struct RuleInput {
  const RuleContext& now;
  const Entry& entry;
  const BatchDesk& desk;  ///< where it was recorded
  const Transaction& transaction;
  std::uint32_t index;     ///< of the entry
  Seconds t;               ///< occurred_at; everything is judged as of this time
  Day day;                 ///< of `t`, in the system's time zone
  const Library& library;  ///< whose policy applies; the system's defaults if the library is unknown
  UserRef user;
  Slot item_slot;

  [[nodiscard]] const User* found_user() const { return user.slot == k_none ? nullptr : &now.state.users[user.slot]; }
  [[nodiscard]] const Item* found_item() const { return item_slot == k_none ? nullptr : &now.state.items[item_slot]; }
  [[nodiscard]] const Zone& zone() const { return now.policy.zone; }
};

struct Decision {
  Findings findings;
  Effects effects;
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  AppliedRules rules;
};

void decide_checkout(const RuleInput& c, Decision& decision);
void decide_renewal(const RuleInput& c, Decision& decision);
void decide_checkin(const RuleInput& c, Decision& decision);
void decide_registration(const RuleInput& c, Decision& decision);
void decide_payment(const RuleInput& c, Decision& decision);
void decide_in_house_use(const RuleInput& c, Decision& decision);

// Changes to the state.

/// Applies the effects of a transaction that is loaded, and marks what it changes to be written.
void apply(const Effects& effects, const RuleInput& c, State& state);

/// Adds the user that a registration names. Registrations come first in a replay, so earlier transactions find the user
/// too, with registered-later.
void add_registered_user(const RuleInput& c, const ReadSet& read_set, const Policy& policy, State& state);

}  // namespace offcirc
