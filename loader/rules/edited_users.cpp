#include "loader/rules/edited_users.hpp"

#include <fmt/format.h>

#include "loader/rules/registration.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_address_separator = ", ";
constexpr std::string_view k_category_separator = ";";

void add_word(std::string& words, std::string_view word) {
  if (word.empty()) return;
  if (!words.empty()) words += ", ";
  words += word;
}

// By their names in users.csv.
std::string fields_of(const Registration& registration) {
  const UserDetails details = details_of(registration);
  std::string names;
  for (const DetailField& field : k_detail_fields)
    if (!(details.*field.member).empty()) add_word(names, field.name);
  if (!registration.profile.empty()) add_word(names, "profile");
  if (!registration.library.empty()) add_word(names, "library");
  return names;
}

void add_changed(const Case& c, const Registration& registration, Findings& findings) {
  const std::string fields = fields_of(registration);
  std::string message = phrase_with(Outcome::registered, c.entry.user_id);
  message += fields.empty() ? "; edited, but nothing that is kept" : "; edited: " + fields;
  add_what_is_left_out(registration, message);
  findings.add(Outcome::registered, std::move(message));
}

// A log's registration holds the edits after it in that log: they were written for the same ID.
bool holds_edit(const Case& c, const RegistrationsSoFar::One& registration, const Batch& batch) {
  return batch.entries[registration.entry].transaction->user_id == c.transaction.user_id;
}

EditEffect reject_like(const RegistrationsSoFar::One& registration, Findings& findings) {
  if (!findings.has(registration.reason)) findings.add(registration.reason, registration.message);
  return EditEffect::none;
}

template <typename Visit>
void for_each_part(std::string_view list, std::string_view separator, Visit visit) {
  while (!list.empty()) {
    const std::size_t end = list.find(separator);
    visit(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + separator.size());
  }
}

// What is there already is not said twice.
void add_list(std::string_view said, std::string_view separator, std::unordered_set<std::string>& parts,
              std::string& known) {
  for_each_part(said, separator, [&](std::string_view part) {
    if (!parts.insert(std::string(part)).second) return;
    if (!known.empty()) known += separator;
    known += part;
  });
}

}  // namespace

void RegistrationsSoFar::add(const Case& c, const Result& result) {
  if (c.entry.user_key == k_none) return;
  One one{c.index, Outcome::ok, {}};
  if (result.disposition == Disposition::rejected) {
    one.reason = result.findings.front().outcome;
    one.message = result.findings.front().message;
    m_rejected.insert_or_assign(c.entry.user_key, one);
  }
  m_by_log.insert_or_assign({c.desk.log, c.entry.user_key}, std::move(one));
}

const RegistrationsSoFar::One* RegistrationsSoFar::in_log_of(const Case& edit) const {
  const auto found = m_by_log.find({edit.desk.log, edit.entry.user_key});
  return found == m_by_log.end() ? nullptr : &found->second;
}

const RegistrationsSoFar::One* RegistrationsSoFar::rejected(const Case& edit) const {
  const auto found = m_rejected.find(edit.entry.user_key);
  return found == m_rejected.end() ? nullptr : &found->second;
}

EditEffect decide_edit(const Case& c, const RegistrationsSoFar& registrations, const Batch& batch, Decision& decision) {
  Findings& findings = decision.findings;
  if (const auto* own = registrations.in_log_of(c)) {
    if (own->reason != Outcome::ok) return reject_like(*own, findings);
    return holds_edit(c, *own, batch) ? EditEffect::none : EditEffect::applied;
  }
  const User* user = c.user.by == FoundBy::id ? c.found_user() : nullptr;
  if (user != nullptr && user->registered_by != k_none) return EditEffect::applied;
  if (const auto* other = registrations.rejected(c)) return reject_like(*other, findings);
  if (user != nullptr && user->registered_by_earlier_load) {
    check_registrations_allowed(c, findings);
    check_codes(c, *c.transaction.registration, findings);
    add_changed(c, *c.transaction.registration, findings);
    return EditEffect::applied;
  }
  if (c.found_user() == nullptr && registrations.is_known(c)) {
    findings.add(Outcome::user_not_found,
                 phrase_with(Outcome::user_not_found, c.entry.user_id) + "; the registration was not loaded");
  } else {
    findings.add(Outcome::unsupported, phrase_with(Outcome::unsupported, c.transaction.what));
  }
  return EditEffect::none;
}

void UserEditor::add_lists(Slot user, const UserDetails& said, UserDetails& known) {
  const auto [found, is_new] = m_parts.try_emplace(user);
  Parts& parts = found->second;
  if (is_new) {
    for_each_part(known.address, k_address_separator,
                  [&](std::string_view part) { parts.address.insert(std::string(part)); });
    for_each_part(known.categories, k_category_separator,
                  [&](std::string_view part) { parts.categories.insert(std::string(part)); });
  }
  add_list(said.address, k_address_separator, parts.address, known.address);
  add_list(said.categories, k_category_separator, parts.categories, known.categories);
}

void UserEditor::apply(const Case& c, const Policy& policy, State& state) {
  const Registration& registration = *c.transaction.registration;
  User& user = state.users[c.user.slot];
  UserDetails& known = state.details[user.details];
  const UserDetails said = details_of(registration);
  for (const DetailField& field : k_detail_fields) {
    const bool is_list = field.member == &UserDetails::address || field.member == &UserDetails::categories;
    if (!is_list && !(said.*field.member).empty()) known.*field.member = said.*field.member;
  }
  add_lists(c.user.slot, said, known);
  if (!registration.profile.empty()) user.profile = policy.find_profile(registration.profile);
  if (!registration.library.empty()) user.library = policy.find_library(registration.library);
  set_expiry(registration, user);
  user.edited = true;
}

}  // namespace offcirc
