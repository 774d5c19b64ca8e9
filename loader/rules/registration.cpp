#include "loader/rules/registration.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "loader/rules/checks.hpp"
#include "loader/rules/namesakes.hpp"

namespace offcirc {

namespace {

std::string date_text(Stamp stamp) {
  if (stamp.is(StampForm::never)) return "NEVER";
  return stamp.says_when() ? iso_date(static_cast<Day>(stamp.seconds() / k_day_seconds)) : std::string();
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char ch) { return ch >= '0' && ch <= '9'; });
  return digits;
}

}  // namespace

UserDetails details_of(const Registration& r) {
  return {std::string(r.last_name),      std::string(r.first_name), std::string(r.middle_name),
          std::string(r.alternate_name), date_text(r.birth_date),   std::string(r.email),
          std::string(r.phone),          std::string(r.language),   std::string(r.address),
          std::string(r.categories),     std::string(r.department), date_text(r.expires_on)};
}

bool is_filled_in(std::string_view name, std::string_view user_id, const Registration& registration,
                  const UserDetails& details) {
  if (name == "user_id") return !user_id.empty();
  if (name == "profile") return !registration.profile.empty();
  if (name == "library") return !registration.library.empty();
  return std::any_of(k_detail_fields.begin(), k_detail_fields.end(),
                     [&](const DetailField& field) { return field.name == name && !(details.*field.member).empty(); });
}

IdentifyingDetails identifying_details_of(const UserDetails& details) {
  std::string email = details.email;
  std::transform(email.begin(), email.end(), email.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return {details.birth_date, email, digits_of(details.phone)};
}

void add_what_is_left_out(const Registration& registration, NewSentence& sentence) {
  if (registration.birth_date.is(StampForm::unreadable)) sentence.add<Form::birth_date_left_out>();
  if (registration.expires_on.is(StampForm::unreadable)) sentence.add<Form::expiry_left_out>();
  if (!registration.left_out.empty()) sentence.add<Form::not_kept>(registration.left_out);
}

void set_expiry(const Registration& registration, User& user) {
  if (registration.expires_on.is(StampForm::never))
    user.expires_on = INT32_MAX;
  else if (registration.expires_on.says_when())
    user.expires_on = static_cast<Day>(registration.expires_on.seconds() / k_day_seconds);
}

namespace {

constexpr std::string_view k_address_separator = ", ";
constexpr std::string_view k_category_separator = ";";

void add_word(std::string& words, std::string_view word) {
  if (word.empty()) return;
  if (!words.empty()) words += ", ";
  words += word;
}

// Returns the names in users.csv of the fields that the registration has.
std::string fields_of(const Registration& registration) {
  const UserDetails details = details_of(registration);
  std::string names;
  for (const DetailField& field : k_detail_fields)
    if (!(details.*field.member).empty()) add_word(names, field.name);
  if (!registration.profile.empty()) add_word(names, "profile");
  if (!registration.library.empty()) add_word(names, "library");
  return names;
}

void add_changed(const RuleInput& c, const Registration& registration, Findings& findings) {
  const std::string fields = fields_of(registration);
  NewSentence sentence = say<Form::registered>(c.entry.user_id);
  if (fields.empty())
    sentence.add<Form::nothing_edited>();
  else
    sentence.add<Form::edited>(fields);
  add_what_is_left_out(registration, sentence);
  findings.add(std::move(sentence));
}

// A registration already includes the edits after it in its log that were written for the same ID.
bool holds_edit(const RuleInput& c, const RegistrationsSoFar::One& registration, const Batch& batch) {
  return batch.entries[registration.entry].transaction->user_id == c.transaction.user_id;
}

EditEffect reject_like(const RegistrationsSoFar::One& registration, Findings& findings) {
  if (!findings.has(registration.reason)) findings.add(registration.sentence);
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

// Adds the parts of a list that the user does not have yet.
void add_list(std::string_view said, std::string_view separator, std::unordered_set<std::string>& parts,
              std::string& known) {
  for_each_part(said, separator, [&](std::string_view part) {
    if (!parts.insert(std::string(part)).second) return;
    if (!known.empty()) known += separator;
    known += part;
  });
}

}  // namespace

void RegistrationsSoFar::add(const RuleInput& c, const Result& result) {
  if (c.entry.user_key == k_none) return;
  One one{c.index, Outcome::ok, {}};
  if (result.disposition == Disposition::rejected) {
    one.reason = result.findings.front().outcome;
    one.sentence = NewSentence(result.findings.front().sentence);
    m_rejected.insert_or_assign(c.entry.user_key, one);
  }
  m_by_log.insert_or_assign({c.desk.log, c.entry.user_key}, std::move(one));
}

const RegistrationsSoFar::One* RegistrationsSoFar::in_log_of(const RuleInput& edit) const {
  const auto found = m_by_log.find({edit.desk.log, edit.entry.user_key});
  return found == m_by_log.end() ? nullptr : &found->second;
}

const RegistrationsSoFar::One* RegistrationsSoFar::rejected(const RuleInput& edit) const {
  const auto found = m_rejected.find(edit.entry.user_key);
  return found == m_rejected.end() ? nullptr : &found->second;
}

EditEffect decide_edit(const RuleInput& c, const RegistrationsSoFar& registrations, const Batch& batch,
                       Decision& decision) {
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
    findings.add(say<Form::user_not_found>(c.entry.user_id).add<Form::registration_not_loaded>());
  } else {
    findings.add(say<Form::unsupported>(c.transaction.what));
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

void UserEditor::apply(const RuleInput& c, const Policy& policy, State& state) {
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

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

std::vector<std::string> missing_fields(const RuleInput& c, const Registration& registration) {
  const UserDetails details = details_of(registration);
  std::vector<std::string> missing;
  for (const std::string& field : c.library.offline.required)
    if (!is_filled_in(field, c.entry.user_id, registration, details)) missing.push_back(field);
  // Without an ID, the user could never be found, so it is required even if the config does not say so.
  if (c.entry.user_id.empty() && std::find(missing.begin(), missing.end(), "user_id") == missing.end())
    missing.insert(missing.begin(), "user_id");
  return missing;
}

// The first problem begins the sentence; others follow as clauses.
void add_unknown_codes(const RuleInput& c, const Registration& registration, NewSentence& sentence) {
  if (!registration.profile.empty() && c.now.policy.find_profile(registration.profile) == k_no_profile) {
    if (sentence.empty())
      sentence.add<Form::no_profile>(registration.profile);
    else
      sentence.add<Form::no_profile_either>(registration.profile);
  }
  if (!registration.library.empty() && c.now.policy.find_library(registration.library) == k_no_library) {
    if (sentence.empty())
      sentence.add<Form::no_library>(registration.library);
    else
      sentence.add<Form::no_library_either>(registration.library);
  }
}

void check_complete(const RuleInput& c, const Registration& registration, Findings& findings) {
  const std::vector<std::string> missing = missing_fields(c, registration);
  NewSentence sentence;
  if (!missing.empty()) sentence.add<Form::fields_missing>(join(missing));
  add_unknown_codes(c, registration, sentence);
  if (!sentence.empty()) findings.add(std::move(sentence));
}

// An existing user is not overwritten, so staff are told which fields of the registration differ.
std::string differing_fields(const User& user, const Registration& registration, const State& state) {
  if (user.details == k_none) return {};
  const UserDetails& known = state.details[user.details];
  const UserDetails said = details_of(registration);
  std::vector<std::string> differing;
  for (const DetailField& field : k_detail_fields)
    if (!(said.*field.member).empty() && said.*field.member != known.*field.member) differing.emplace_back(field.name);
  return join(differing);
}

void add_user_exists(const RuleInput& c, const User& user, const Registration& registration, Findings& findings) {
  NewSentence sentence = say<Form::user_exists>(user.id);
  if (user.registered_by != k_none) {
    sentence.add<Form::registered_earlier>();
  } else if (const std::string differing = differing_fields(user, registration, c.now.state); differing.empty()) {
    sentence.add<Form::same_data>();
  } else {
    sentence.add<Form::fields_differ>(differing);
  }
  findings.add(std::move(sentence));
}

void check_duplicates(const RuleInput& c, const Registration& registration, Findings& findings) {
  const auto name = find_last_name(c.now.read_set, folded_name(registration.last_name));
  if (!name) return;
  const Namesakes::Alike alike = c.now.namesakes.alike(*name, registration);
  if (alike.count == 0) return;
  NewSentence sentence;
  for (const Slot slot : alike.first) {
    if (sentence.empty())
      sentence.add<Form::possible_duplicate>(c.entry.user_id, c.now.state.users[slot].id);
    else
      sentence.add<Form::namesake>(c.now.state.users[slot].id);
  }
  if (alike.count > alike.first.size()) sentence.add<Form::more_namesakes>(alike.count - alike.first.size());
  findings.add(std::move(sentence));
}

void add_registered(const RuleInput& c, const Registration& registration, Findings& findings) {
  NewSentence sentence = say<Form::registered>(c.entry.user_id);
  add_what_is_left_out(registration, sentence);
  findings.add(std::move(sentence));
}

}  // namespace

void check_registrations_allowed(const RuleInput& c, Findings& findings) {
  if (!c.library.offline.registrations) findings.add(say<Form::registrations_off>(c.library.code));
}

void check_codes(const RuleInput& c, const Registration& registration, Findings& findings) {
  NewSentence sentence;
  add_unknown_codes(c, registration, sentence);
  if (!sentence.empty()) findings.add(std::move(sentence));
}

void decide_registration(const RuleInput& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Registration& registration = *c.transaction.registration;
  check_registrations_allowed(c, findings);
  if (c.found_user() != nullptr) add_user_exists(c, *c.found_user(), registration, findings);
  check_complete(c, registration, findings);
  check_duplicates(c, registration, findings);
  add_registered(c, registration, findings);
}

}  // namespace offcirc
