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

/// The arguments must outlive it.
class Replayer {
 public:
  Replayer(const Batch& batch, const ReadSet& read_set, const Policy& policy, const ReplayOptions& options,
           State& state);

  /// Drops its caches, for a caller that reads the state again before each transaction.
  void forget();

  /// For a registration, or an edit of one.
  Result register_user(std::uint32_t index);
  /// For such an entry that an earlier load has recorded.
  void pass_registration(std::uint32_t index) { m_registrations.add_known(m_batch.entries[index]); }
  /// For any other entry.
  Result judge(std::uint32_t index);
  /// For a duplicate of a record in an earlier load that stands, or of an earlier one in this load.
  [[nodiscard]] Result already_loaded(std::uint32_t index) const;

  /// How many entries of users' lists were read, which tests compare over two sizes.
  [[nodiscard]] std::uint64_t looked_at() const { return m_accounts.looked_at() + m_namesakes.looked_at(); }

  /// Called for each entry in turn: prefetches the entries that follow soon, and what they name.
  void prefetch_for(std::uint32_t index) const;

 private:
  using RuleOfKind = void (*)(const RuleInput&, Decision&);

  /// For an entry whose log says that the system refused it, or the desk canceled it: it changes nothing.
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
  /// Null past the end.
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
