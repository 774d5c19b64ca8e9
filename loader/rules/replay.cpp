#include "loader/rules/replay.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "loader/rules/apply.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/decision.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
namespace {

// Stands in where the log names no library that the config knows: its transactions are rejected, but staff are told
// what else is wrong with them.
Library unknown_library(const Policy& policy) {
  Library library;
  library.code = "an unknown library";
  library.offline = policy.default_offline;
  library.calendar = policy.system_calendar;
  return library;
}

class Replay {
 public:
  Replay(const Batch& batch, const ReadSet& read_set, const Policy& policy, const ReplayOptions& options, State& state)
      : m_batch(batch),
        m_read_set(read_set),
        m_policy(policy),
        m_state(state),
        m_book(policy, state),
        m_unknown_library(unknown_library(policy)),
        m_now{policy, m_book, options, state, read_set} {}

  // Registrations go first: a user counts as registered from the first use in the logs. They depend on nothing that the
  // other transactions change.
  void register_users(const std::vector<bool>& already_recorded, std::vector<Result>& results) {
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i) {
      if (m_batch.entries[i].transaction->kind != Kind::registration || already_recorded[i]) continue;
      const Case c = make_case(i);
      Decision decision = decide(c, &decide_registration);
      if (!decision.findings.rejected()) add_registered_user(c, m_read_set, m_policy, m_state);
      results[i] = finish(c, std::move(decision));
    }
  }

  Result judge(std::uint32_t index) {
    const Case c = make_case(index);
    return finish(c, decide(c, rule_for(c.transaction.kind)));
  }

 private:
  using Rule = void (*)(const Case&, Decision&);

  static void decide_unsupported(const Case& c, Decision& decision) {
    decision.findings.add(Outcome::unsupported, phrase_with(Outcome::unsupported, c.transaction.what));
  }

  static Rule rule_for(Kind kind) {
    switch (kind) {
      case Kind::checkout:
        return decide_checkout;
      case Kind::checkin:
        return decide_checkin;
      case Kind::renewal:
        return decide_renewal;
      case Kind::registration:
        return decide_registration;
      case Kind::payment:
        return decide_payment;
      case Kind::in_house_use:
        return decide_in_house_use;
      case Kind::unsupported:
        return decide_unsupported;
    }
    std::abort();
  }

  [[nodiscard]] Case make_case(std::uint32_t index) const {
    const Entry& entry = m_batch.entries[index];
    const Library& library = entry.library == k_no_library ? m_unknown_library : m_policy.libraries[entry.library];
    return {m_now,
            entry,
            *entry.transaction,
            index,
            entry.occurred_at,
            m_policy.zone.day_of(entry.occurred_at),
            library,
            entry.user_key == k_none ? UserRef{} : m_state.user_of_key[entry.user_key],
            entry.item_key == k_none ? k_none : m_state.item_of_key[entry.item_key]};
  }

  static Decision decide(const Case& c, Rule rule) {
    Decision decision{Findings(c.library.offline, c.now.options.overrides), {}, k_no_time, DueFrom::none, {}};
    check_time_and_library(c, decision.findings);
    rule(c, decision);
    return decision;
  }

  Result finish(const Case& c, Decision decision) {
    Result result;
    if (!decision.findings.rejected()) {
      apply(decision.effects, c, m_state);
      result.due_at = decision.due_at;
      result.due_from = decision.due_from;
      result.rules = decision.rules;
      if (decision.effects.bill && c.transaction.kind != Kind::payment) {
        result.made_bill = true;
        result.bill_cents = decision.effects.bill->amount_cents;
      }
    }
    std::move(decision.findings).write_to(result);
    return result;
  }

  const Batch& m_batch;
  const ReadSet& m_read_set;
  const Policy& m_policy;
  State& m_state;
  RuleBook m_book;
  Library m_unknown_library;
  Situation m_now;
};

// Uses of one library, day and type as one row, in a fixed order.
void sum_up_uses(std::vector<UseCount>& uses) {
  const auto key = [](const UseCount& use) { return std::tie(use.library, use.day, use.item_type); };
  std::stable_sort(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  std::vector<UseCount> sums;
  for (UseCount& use : uses) {
    if (!sums.empty() && key(sums.back()) == key(use))
      sums.back().count += use.count;
    else
      sums.push_back(std::move(use));
  }
  uses = std::move(sums);
}

Result already_loaded() {
  Result result;
  result.disposition = Disposition::already_loaded;
  result.findings.push_back({Outcome::already_loaded, "Already loaded"});
  return result;
}

}  // namespace

std::vector<Result> replay(const Batch& batch, const std::vector<bool>& already_recorded, const ReadSet& read_set,
                           const Policy& policy, const ReplayOptions& options, State& state, Progress& progress) {
  std::vector<Result> results(batch.entries.size());
  Replay replay(batch, read_set, policy, options, state);
  LineCount decided(progress);
  decided.begin(Stage::deciding, batch.entries.size());
  replay.register_users(already_recorded, results);
  for (std::uint32_t i = 0; i < batch.entries.size(); ++i, decided.add_one()) {
    if (already_recorded[i])
      results[i] = already_loaded();
    else if (batch.entries[i].transaction->kind != Kind::registration)
      results[i] = replay.judge(i);
  }
  sum_up_uses(state.uses);
  return results;
}

}  // namespace offcirc
