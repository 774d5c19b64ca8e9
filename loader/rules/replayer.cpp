#include "loader/rules/replayer.hpp"

#include <cstdlib>
#include <utility>

#include "loader/memory/pages.hpp"
#include "loader/rules/checks.hpp"
#include "loader/rules/decision.hpp"

namespace offcirc {
namespace {

// How many entries before its use each is prefetched.
constexpr std::size_t k_users_ahead = 8, k_charges_ahead = 4;

// Used if the log names no library of the policy. Its transactions are rejected, but with these defaults the rules can
// still report what else is wrong with them.
Library unknown_library(const Policy& policy) {
  Library library;
  library.offline = policy.default_offline;
  library.calendar = policy.system_calendar;
  return library;
}

void decide_unsupported(const RuleInput& c, Decision& decision) {
  decision.findings.add(say<Form::unsupported>(c.transaction.what));
}

}  // namespace

Replayer::Replayer(const Batch& batch, const ReadSet& read_set, const Policy& policy, const ReplayOptions& options,
                   State& state)
    : m_batch(batch),
      m_read_set(read_set),
      m_policy(policy),
      m_state(state),
      m_book(policy, state),
      m_accounts(state, policy, options.few),
      m_namesakes(state),
      m_id_rules(options.ids, read_set),
      m_unknown_library(unknown_library(policy)),
      m_now{batch, policy, m_book, options, state, read_set, m_accounts, m_namesakes, m_id_rules} {}

void Replayer::forget() {
  m_accounts.forget();
  m_namesakes.forget();
  m_id_rules.forget();
}

Result Replayer::register_user(std::uint32_t index) {
  const RuleInput c = make_case(index);
  if (c.transaction.edits_registration) return edit_user(c);
  Decision decision = decide(c, &decide_registration);
  if (!decision.findings.rejected()) add_registered_user(c, m_read_set, m_policy, m_state);
  Result result = finish(c, std::move(decision));
  m_registrations.add(c, result);
  return result;
}

Result Replayer::edit_user(const RuleInput& c) {
  EditEffect effect = EditEffect::none;
  Decision decision = decide(
      c, [&](const RuleInput& edit, Decision& found) { effect = decide_edit(edit, m_registrations, m_batch, found); });
  if (effect == EditEffect::applied && !decision.findings.rejected()) m_editor.apply(c, m_policy, m_state);
  return finish(c, std::move(decision));
}

Result Replayer::judge(std::uint32_t index) {
  if (m_batch.entries[index].transaction->refused_then) return refused_then(index);
  const RuleInput c = make_case(index);
  return finish(c, decide(c, rule_for(c.transaction.kind)));
}

const Entry* Replayer::entry_at(std::size_t index) const {
  return index < m_batch.entries.size() ? &m_batch.entries[index] : nullptr;
}

const User* Replayer::user_of(const Entry& entry) const {
  const Slot slot = entry.user_key == k_none ? k_none : m_state.user_of_key[entry.user_key].slot;
  return slot == k_none ? nullptr : &m_state.users[slot];
}

const Item* Replayer::item_of(const Entry& entry) const {
  const Slot slot = entry.item_key == k_none ? k_none : m_state.item_of_key[entry.item_key];
  return slot == k_none ? nullptr : &m_state.items[slot];
}

// In two steps, because the charges can be located only after the user and the item have been read.
void Replayer::prefetch_for(std::uint32_t index) const {
  if (const Entry* entry = entry_at(index + k_users_ahead)) {
    prefetch(entry->transaction);
    if (const User* user = user_of(*entry)) prefetch(user);
    if (const Item* item = item_of(*entry)) prefetch(item);
  }
  if (const Entry* entry = entry_at(index + k_charges_ahead)) {
    const User* user = user_of(*entry);
    const Item* item = item_of(*entry);
    if (user != nullptr) prefetch(user->id.data());
    if (user != nullptr && user->first_charge != k_none) prefetch(&m_state.charges[user->first_charge]);
    if (item != nullptr && item->charge != k_none) prefetch(&m_state.charges[item->charge]);
  }
}

Result Replayer::already_loaded(std::uint32_t index) const {
  return settled(index, Disposition::already_loaded, Outcome::already_loaded);
}

Result Replayer::refused_then(std::uint32_t index) const {
  return settled(index, Disposition::not_done, Outcome::refused_at_the_time);
}

Result Replayer::settled(std::uint32_t index, Disposition disposition, Outcome outcome) const {
  const Entry& entry = m_batch.entries[index];
  Result result;
  result.disposition = disposition;
  result.findings = FindingList{Finding{outcome}};
  if (entry.item_key != k_none) result.title = title_of(m_state.item_of_key[entry.item_key]);
  return result;
}

std::string_view Replayer::title_of(Slot item) const {
  return item == k_none ? std::string_view() : m_state.items[item].title;
}

Replayer::RuleOfKind Replayer::rule_for(Kind kind) {
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

RuleInput Replayer::make_case(std::uint32_t index) const {
  const Entry& entry = m_batch.entries[index];
  const BatchDesk& desk = m_batch.desks[entry.desk];
  const Library& library = desk.library == k_no_library ? m_unknown_library : m_policy.libraries[desk.library];
  return {m_now,
          entry,
          desk,
          *entry.transaction,
          index,
          entry.occurred_at,
          m_policy.zone.day_of(entry.occurred_at),
          library,
          entry.user_key == k_none ? UserRef{} : m_state.user_of_key[entry.user_key],
          entry.item_key == k_none ? k_none : m_state.item_of_key[entry.item_key]};
}

Result Replayer::finish(const RuleInput& c, Decision decision) {
  Result result;
  result.title = title_of(c.item_slot);
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

}  // namespace offcirc
