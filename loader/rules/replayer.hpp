// Decides the transactions of a batch one after the other, and applies each decision to the state.
#pragma once

#include <cstdint>

#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/decision.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/registration.hpp"
#include "loader/rules/replay.hpp"
#include "loader/rules/rule_book.hpp"

namespace offcirc {

/// The arguments of the constructor must outlive this object.
class Replayer {
 public:
  Replayer(const Batch& batch, const ReadSet& read_set, const Policy& policy, const ReplayOptions& options,
           State& state);

  /// Clears what is cached about users and items, for a caller that reads the state anew before each transaction.
  void forget();

  /// Decides an entry that is a registration or an edit of one.
  Result register_user(std::uint32_t index);
  /// Call this instead for a registration or edit that is already recorded.
  void pass_registration(std::uint32_t index) { m_registrations.add_known(m_batch.entries[index]); }
  /// Decides any other entry.
  Result judge(std::uint32_t index);
  /// The result of an entry that an earlier load has recorded and that was not undone since, or that is a copy of one
  /// in this load.
  [[nodiscard]] Result already_loaded(std::uint32_t index) const;

  /// Returns how many elements of users' lists were looked at. Tests compare it for two sizes of batches.
  [[nodiscard]] std::uint64_t looked_at() const { return m_accounts.looked_at() + m_namesakes.looked_at(); }

  /// Prefetches the entries a few places after `index`, and what they name. Call this for each entry in turn.
  void prefetch_for(std::uint32_t index) const;

 private:
  using RuleOfKind = void (*)(const RuleInput&, Decision&);

  /// The result of an entry that, according to its log, the system refused or the desk canceled at the time. It changes
  /// nothing.
  [[nodiscard]] Result refused_then(std::uint32_t index) const;
  [[nodiscard]] Result settled(std::uint32_t index, Disposition disposition, Outcome outcome) const;
  static RuleOfKind rule_for(Kind kind);
  template <typename Rule>
  static Decision decide(const RuleInput& c, Rule rule) {
    Decision decision{Findings(c.library.offline, c.now.options.overrides), {}, k_no_time, DueFrom::none, {}};
    check_time_and_library(c, decision.findings);
    rule(c, decision);
    check_ids(c, decision.findings);
    return decision;
  }
  /// Returns null beyond the last entry.
  [[nodiscard]] const Entry* entry_at(std::size_t index) const;
  [[nodiscard]] const User* user_of(const Entry& entry) const;
  [[nodiscard]] const Item* item_of(const Entry& entry) const;
  [[nodiscard]] std::string_view title_of(Slot item) const;
  [[nodiscard]] RuleInput make_case(std::uint32_t index) const;
  Result edit_user(const RuleInput& c);
  Result finish(const RuleInput& c, Decision decision);

  const Batch& m_batch;
  const ReadSet& m_read_set;
  const Policy& m_policy;
  State& m_state;
  RuleBook m_book;
  Accounts m_accounts;
  Namesakes m_namesakes;
  IdRules m_id_rules;
  RegistrationsSoFar m_registrations;
  UserEditor m_editor;
  Library m_unknown_library;
  RuleContext m_now;
};

}  // namespace offcirc
