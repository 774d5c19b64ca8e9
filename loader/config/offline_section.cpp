#include <fmt/format.h>

#include <algorithm>

#include "loader/config/config_draft.hpp"
#include "loader/config/near_miss.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_default_loan = "21D-10D-5M";

// The columns of users.csv, which name the fields of a registration.
const std::vector<std::string_view> k_user_fields{
    "user_id",       "profile",      "library", "last_name",  "first_name",      "middle_name",  "alternate_name",
    "birth_date",    "email",        "phone",   "language",   "address",         "categories",   "department",
    "alternate_ids", "inactive_ids", "barred",  "expires_on", "claims_returned", "registered_on"};

std::vector<std::string_view> codes_to_choose() {
  std::vector<std::string_view> codes;
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    if (is_configurable(facts)) codes.push_back(facts.code);
  }
  return codes;
}

std::string_view why_fixed(const OutcomeFacts& facts) {
  if (facts.choice == Choice::override_only) return "is always rejected, unless --override names it";
  if (facts.outcome_class == OutcomeClass::rejected) return "is always rejected";
  if (facts.outcome_class == OutcomeClass::own) return "is never loaded";
  return "is always loaded";
}

void report_no_choice(TomlReader& rules, const TomlEntry& entry) {
  const std::vector<std::string_view> choices = codes_to_choose();
  const auto outcome = find_outcome(entry.key);
  if (!outcome)
    return rules.report(entry.place, fmt::format("there is no outcome '{}' to choose for in {}{}", entry.key,
                                                 rules.name(), hint_of(entry.key, choices)));
  std::string listed;
  for (const std::string_view code : choices) listed += fmt::format("{}{}", listed.empty() ? "" : ", ", code);
  rules.report(entry.place, fmt::format("'{}' in {} can't be chosen: it {}. These can: {}.", entry.key, rules.name(),
                                        why_fixed(facts_of(*outcome)), listed));
}

void read_rules(TomlReader rules, OfflineRules& into) {
  using Choices = std::pair<std::string_view, bool>;
  for (const TomlEntry& entry : rules.entries()) {
    const auto outcome = find_outcome(entry.key);
    if (!outcome || !is_configurable(facts_of(*outcome))) {
      report_no_choice(rules, entry);
      continue;
    }
    const auto index = static_cast<std::size_t>(*outcome);
    bool reject = into.rejects.test(index);
    rules.read_choice(entry.key, std::array{Choices{"reject", true}, Choices{"load", false}}, reject);
    into.rejects.set(index, reject);
    if (*outcome == Outcome::perhaps_loaded_before) into.rejects_repeated_payments = reject;
  }
}

void read_default_loan(TomlReader& offline, CirculationRule& into) {
  const TomlValue* text = offline.text("default_loan");
  if (text == nullptr) return;
  const auto rule = parse_rule(text->text);
  if (!rule)
    offline.report(text->place,
                   fmt::format("'default_loan' in {} must be a circulation rule such as \"{}\", not \"{}\".",
                               offline.name(), k_default_loan, text->text));
  else if (rule->loan == 0)
    offline.report(text->place, fmt::format("'default_loan' in {} must lend for a day or an hour at least, not \"{}\".",
                                            offline.name(), text->text));
  else
    into = *rule;
}

void read_required(TomlReader& offline, std::vector<std::string>& into) {
  if (offline.find("required") == nullptr) return;
  into.clear();
  for (const TomlValue* field : offline.texts("required"))
    if (std::find(k_user_fields.begin(), k_user_fields.end(), field->text) != k_user_fields.end())
      into.push_back(field->text);
    else
      offline.report(field->place, fmt::format("'required' in {} must hold columns of users.csv, not \"{}\"{}",
                                               offline.name(), field->text, hint_of(field->text, k_user_fields)));
}

OfflineRules rules_of_program() {
  OfflineRules rules;
  rules.default_loan = *parse_rule(k_default_loan);
  rules.required = {"user_id", "last_name", "library", "profile"};
  for (std::size_t i = 0; i < rules.rejects.size(); ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    rules.rejects.set(i, facts.choice == Choice::config && facts.outcome_class == OutcomeClass::rejected);
  }
  return rules;
}

}  // namespace

void read_offline(TomlReader& offline, OfflineRules& rules) {
  using Switch = std::pair<std::string_view, bool>;
  constexpr std::array k_load_or_reject{Switch{"load", true}, Switch{"reject", false}};
  offline.read_choice("checkins", k_load_or_reject, rules.checkins);
  offline.read_choice("renewals", k_load_or_reject, rules.renewals);
  offline.read_choice("registrations", k_load_or_reject, rules.registrations);
  offline.read_choice("holds", std::array{Switch{"report", false}, Switch{"trap", true}}, rules.trap_holds);
  offline.read("max_renewals", rules.max_renewals, 0, 1000);
  read_default_loan(offline, rules.default_loan);
  offline.read("fines_on_closed_days", rules.fines_on_closed_days);
  offline.read("cap_due_at_expiry", rules.cap_due_at_expiry);
  read_required(offline, rules.required);
  read_rules(offline.table("rules"), rules);
  offline.report_unknown_keys();
}

void read_default_offline(TomlReader& file, ConfigDraft& draft) {
  OfflineRules& rules = draft.config.policy.default_offline;
  rules = rules_of_program();
  TomlReader offline = file.table("offline");
  read_offline(offline, rules);
}

}  // namespace offcirc
