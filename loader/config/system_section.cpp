#include <fmt/format.h>

#include <algorithm>

#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

void read_zone(TomlReader& system, Policy& policy) {
  const TomlValue* name = system.find("timezone");
  if (name == nullptr)
    return system.report(
        system.place(),
        "'timezone' is missing in [system]; set a name from the tz database, such as timezone = \"America/Chicago\".");
  if (name->kind != TomlKind::text) return system.report_wrong_kind("timezone", *name, describe(TomlKind::text));
  try {
    policy.zone = load_zone(name->text);
  } catch (const RunError&) {
    system.report(name->place,
                  fmt::format("there is no time zone \"{}\"; use a name from the tz database, such as America/Chicago.",
                              name->text));
  }
}

void read_archive_limit(TomlReader& system, std::uint64_t& bytes) {
  constexpr std::uint64_t k_mebibyte = 1024 * 1024;
  constexpr int k_most = 1024 * 1024;
  auto mebibytes = static_cast<int>(bytes / k_mebibyte);
  system.read("max_archive_mib", mebibytes, 1, k_most);
  bytes = static_cast<std::uint64_t>(mebibytes) * k_mebibyte;
}

}  // namespace

void read_system(TomlReader& file, ConfigDraft& draft) {
  using Order = std::pair<std::string_view, DateOrder>;
  using Switch = std::pair<std::string_view, bool>;
  Config& config = draft.config;
  TomlReader system = file.table("system");
  system.read("name", config.system_name);
  read_zone(system, config.policy);
  if (const TomlValue* database = system.text("database")) config.database = beside(config.file, database->text);
  if (const TomlValue* map = system.text("circulation_map")) {
    config.circulation_map = beside(config.file, map->text);
    draft.circulation_map_place = map->place;
  }
  read_addresses(system, "email", config.email);
  system.read_choice(
      "date_order",
      std::array{Order{"mdy", DateOrder::mdy}, Order{"dmy", DateOrder::dmy}, Order{"ymd", DateOrder::ymd}},
      config.date_order);
  read_encoding(system, config.encoding);
  read_archive_limit(system, config.max_archive_bytes);
  draft.closed_days = read_days(system, "closed");
  config.policy.system_calendar = Calendar({}, draft.closed_days);
  system.read("max_age_days", config.policy.max_age_days, 1, 3650);
  system.read_choice("fast_clock", std::array{Switch{"reject", false}, Switch{"load", true}},
                     config.policy.loads_fast_clocks);
  system.report_unknown_keys();
}

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
    return rules.report(entry.place, fmt::format("there is no outcome '{}' for {}{}", entry.key, rules.name(),
                                                 hint_of(entry.key, choices)));
  std::string listed;
  for (const std::string_view code : choices) listed += fmt::format("{}{}", listed.empty() ? "" : ", ", code);
  rules.report(entry.place, fmt::format("'{}' in {} can't be configured: it {}. The configurable outcomes are {}.",
                                        entry.key, rules.name(), why_fixed(facts_of(*outcome)), listed));
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
    offline.report(text->place, fmt::format("'default_loan' in {} must be at least a day or an hour, not \"{}\".",
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
      offline.report(field->place, fmt::format("'required' in {} must have columns of users.csv, not \"{}\"{}",
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

namespace {

using Word = std::pair<std::string_view, std::string>;

constexpr int k_max_timeout_seconds = 3600;

// The host and port of `smtp://host:25`, with the brackets of an IPv6 address; empty if it is not such a URL.
std::string_view server_of(std::string_view url) {
  for (const std::string_view scheme : {"smtp://", "smtps://"}) {
    if (!url.starts_with(scheme)) continue;
    url.remove_prefix(scheme.size());
    const bool is_server =
        url.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
        std::string_view::npos;
    return is_server ? url : std::string_view();
  }
  return {};
}

bool is_this_machine(std::string_view server) {
  const std::string_view host = server.substr(0, server.starts_with('[') ? server.find(']') + 1 : server.find(':'));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

void read_smtp(TomlReader& mail, std::string& into) {
  const TomlValue* smtp = mail.text("smtp");
  if (smtp == nullptr) return;
  if (!server_of(smtp->text).empty()) {
    into = smtp->text;
  } else if (smtp->text.find('@') != std::string::npos) {
    // The message does not repeat the value, which may contain a password.
    mail.report(smtp->place,
                "'smtp' in [mail] must be only a server, such as \"smtp://localhost:25\"; put the user into 'user' and "
                "the password into a 'password_file'.");
  } else {
    mail.report(
        smtp->place,
        fmt::format("'smtp' in [mail] must be a server such as \"smtp://localhost:25\", not \"{}\".", smtp->text));
  }
}

// Also accepts true and false, since those come to mind first.
void read_tls(TomlReader& mail, const MailSettings& settings, std::string& into) {
  const TomlValue* tls = mail.find("tls");
  if (tls == nullptr && settings.smtp.empty()) return;
  if (tls == nullptr)
    // The mail server of this machine offers a certificate that nobody has signed. To any other server, a password is
    // never sent unencrypted.
    into = is_this_machine(server_of(settings.smtp)) ? "none" : settings.user.empty() ? "try" : "required";
  else if (tls->kind == TomlKind::boolean)
    into = tls->boolean ? "required" : "none";
  else
    mail.read_choice("tls", std::array{Word{"none", "none"}, Word{"try", "try"}, Word{"required", "required"}}, into);
}

void read_from(TomlReader& mail, const MailSettings& settings, std::string& into) {
  const TomlValue* from = mail.text("from");
  if (from != nullptr && is_address(from->text))
    into = from->text;
  else if (from != nullptr)
    mail.report(from->place, "'from' in [mail] must be an e-mail address such as \"offcirc@example.org\".");
  else if (settings.can_send())
    mail.report(mail.place(), "'from' is missing in [mail]; set it to the e-mail address that reports are sent from.");
}

void read_path(TomlReader& mail, std::string_view key, const ConfigDraft& draft, std::string& into) {
  if (const TomlValue* path = mail.text(key)) into = beside(draft.config.file, path->text).string();
}

}  // namespace

void read_mail(TomlReader& file, ConfigDraft& draft) {
  MailSettings& settings = draft.config.mail;
  TomlReader mail = file.table("mail");
  read_smtp(mail, settings.smtp);
  read_path(mail, "sendmail", draft, settings.sendmail);
  if (!settings.sendmail.empty() && mail.find("smtp") != nullptr)
    mail.report(mail.find("sendmail")->place, "[mail] has both 'smtp' and 'sendmail'; keep only one.");
  mail.read("user", settings.user);
  read_path(mail, "password_file", draft, settings.password_file);
  read_tls(mail, settings, settings.tls);
  read_path(mail, "ca_file", draft, settings.ca_file);
  mail.read("timeout_seconds", settings.timeout_seconds, 1, k_max_timeout_seconds);
  read_from(mail, settings, settings.from);
  mail.read_choice("when", std::array{Word{"errors", "errors"}, Word{"always", "always"}}, settings.when);
  mail.read("names", settings.names);
  using Ids = std::pair<std::string_view, bool>;
  mail.read_choice("user_ids", std::array{Ids{"full", false}, Ids{"last4", true}}, settings.last_four);
  mail.report_unknown_keys();
}

}  // namespace offcirc
