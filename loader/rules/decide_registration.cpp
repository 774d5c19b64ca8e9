#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "loader/rules/checks.hpp"
#include "loader/rules/fold.hpp"
#include "loader/rules/registration.hpp"
#include "loader/rules/wording.hpp"

namespace offcirc {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

std::vector<std::string> missing_fields(const Case& c, const Registration& registration) {
  const UserDetails details = details_of(registration);
  std::vector<std::string> missing;
  for (const std::string& field : c.library.offline.required)
    if (!is_filled_in(field, c.entry.user_id, registration, details)) missing.push_back(field);
  // Without an ID there is nothing to find the user by, whatever the config requires.
  if (c.entry.user_id.empty() && std::find(missing.begin(), missing.end(), "user_id") == missing.end())
    missing.insert(missing.begin(), "user_id");
  return missing;
}

std::vector<std::string> unknown_codes(const Case& c, const Registration& registration) {
  std::vector<std::string> unknown;
  if (!registration.profile.empty() && c.now.policy.find_profile(registration.profile) == k_no_profile)
    unknown.push_back(fmt::format("there is no profile {}", registration.profile));
  if (!registration.library.empty() && c.now.policy.find_library(registration.library) == k_no_library)
    unknown.push_back(fmt::format("there is no library {}", registration.library));
  return unknown;
}

void add_incomplete(const std::vector<std::string>& troubles, Findings& findings) {
  if (!troubles.empty())
    findings.add(Outcome::registration_incomplete, phrase_with(Outcome::registration_incomplete, join(troubles)));
}

void check_complete(const Case& c, const Registration& registration, Findings& findings) {
  const std::vector<std::string> missing = missing_fields(c, registration);
  std::vector<std::string> troubles = unknown_codes(c, registration);
  if (!missing.empty()) troubles.insert(troubles.begin(), "missing: " + join(missing));
  add_incomplete(troubles, findings);
}

// Nothing is overwritten: staff are told which fields of the desk's form say something else.
std::string differing_fields(const User& user, const Registration& registration, const State& state) {
  if (user.details == k_none) return {};
  const UserDetails& known = state.details[user.details];
  const UserDetails said = details_of(registration);
  std::vector<std::string> differing;
  for (const DetailField& field : k_detail_fields)
    if (!(said.*field.member).empty() && said.*field.member != known.*field.member) differing.emplace_back(field.name);
  return join(differing);
}

void add_user_exists(const Case& c, const User& user, const Registration& registration, Findings& findings) {
  std::string message = phrase_with(Outcome::user_exists, user.id);
  if (user.registered_by != k_none) {
    message += ", registered earlier in these logs";
  } else {
    const std::string differing = differing_fields(user, registration, c.now.state);
    message += differing.empty() ? ", with the same data" : "; these fields differ: " + differing;
  }
  findings.add(Outcome::user_exists, std::move(message));
}

void check_duplicates(const Case& c, const Registration& registration, Findings& findings) {
  const auto name = find_last_name(c.now.read_set, folded_name(registration.last_name));
  if (!name) return;
  const Namesakes::Alike alike = c.now.namesakes.alike(*name, registration);
  if (alike.count == 0) return;
  std::vector<std::string> others;
  for (const Slot slot : alike.first) others.emplace_back(c.now.state.users[slot].id);
  std::string message = fmt::format("User {} may be registered already, as {}", c.entry.user_id, join(others));
  if (alike.count > others.size())
    message += fmt::format(" and {} other{}", alike.count - others.size(), alike.count == others.size() + 1 ? "" : "s");
  findings.add(Outcome::possible_duplicate, std::move(message));
}

void add_registered(const Case& c, const Registration& registration, Findings& findings) {
  std::string message = phrase_with(Outcome::registered, c.entry.user_id);
  add_what_is_left_out(registration, message);
  findings.add(Outcome::registered, std::move(message));
}

}  // namespace

void check_registrations_allowed(const Case& c, Findings& findings) {
  if (!c.library.offline.registrations)
    findings.add(Outcome::registrations_off,
                 fmt::format("Registrations are not allowed offline at {}", c.library.code));
}

void check_codes(const Case& c, const Registration& registration, Findings& findings) {
  add_incomplete(unknown_codes(c, registration), findings);
}

void decide_registration(const Case& c, Decision& decision) {
  Findings& findings = decision.findings;
  const Registration& registration = *c.transaction.registration;
  check_registrations_allowed(c, findings);
  if (c.found_user() != nullptr) add_user_exists(c, *c.found_user(), registration, findings);
  check_complete(c, registration, findings);
  check_duplicates(c, registration, findings);
  add_registered(c, registration, findings);
}

}  // namespace offcirc
