#include "loader/config/effective_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "formats/fields.hpp"
#include "loader/config/toml_tree.hpp"

namespace offcirc {
namespace {

const TomlTable k_no_table;
constexpr std::uint64_t k_mebibyte = 1024 * 1024;

const TomlValue* find(const TomlTable& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == table.entries.end() ? nullptr : &found->value;
}

const TomlTable& table_of(const TomlTable& table, std::string_view key) {
  const TomlValue* value = find(table, key);
  return value == nullptr ? k_no_table : value->table;
}

/// The table with that index among those of [[key]]; an empty one if there is none.
const TomlTable& table_of(const TomlTable& table, std::string_view key, std::size_t index) {
  const TomlValue* value = find(table, key);
  return value == nullptr || index >= value->items.size() ? k_no_table : value->items[index].table;
}

std::string toml_text(std::string_view text) {
  if (text.find_first_of("\\\"") != std::string_view::npos && text.find('\'') == std::string_view::npos)
    return fmt::format("'{}'", text);
  return fmt::format("\"{}\"", text);
}

std::string toml_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + toml_text(text);
  return "[" + list + "]";
}

std::string unless_empty(std::string_view text) {
  return text.empty() ? std::string() : toml_text(text);
}

/// A list such as `["2026-12-25"]`, with the texts as they are in the file.
std::string toml_list(const TomlTable& table, std::string_view key) {
  std::vector<std::string> texts;
  if (const TomlValue* list = find(table, key))
    for (const TomlValue& item : list->items) texts.push_back(item.text);
  return toml_list(texts);
}

std::string toml_offset(Seconds offset) {
  const Seconds size = std::abs(offset);
  return fmt::format("\"{}{:02}:{:02}:{:02}\"", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60, size % 60);
}

/// Fills one section. Looks each key up in its table of the file, to tell given values from defaults.
class Section {
 public:
  enum class Defaults { shown, left_out };

  Section(std::string name, const TomlTable& table, Defaults defaults = Defaults::shown)
      : m_section{std::move(name), {}}, m_table(table), m_defaults(defaults) {}

  void add(std::string_view key, std::string value) {
    const TomlValue* given = find(m_table, key);
    if (given == nullptr && m_defaults == Defaults::left_out) return;
    m_section.values.push_back(
        {std::string(key), std::move(value), given == nullptr ? std::nullopt : std::optional(given->place)});
  }
  void add(std::string_view key, bool value) { add(key, std::string(value ? "true" : "false")); }
  void add(std::string_view key, int value) { add(key, std::to_string(value)); }
  void add_choice(std::string_view key, bool value, std::string_view yes, std::string_view no) {
    add(key, toml_text(value ? yes : no));
  }

  EffectiveSection take() { return std::move(m_section); }

 private:
  EffectiveSection m_section;
  const TomlTable& m_table;
  Defaults m_defaults;
};

EffectiveSection system_section(const Config& config, const TomlTable& file) {
  constexpr std::array<std::string_view, 3> k_orders{"mdy", "dmy", "ymd"};
  const TomlTable& table = table_of(file, "system");
  Section section("[system]", table);
  section.add("name", unless_empty(config.system_name));
  section.add("timezone", toml_text(config.policy.zone.name()));
  section.add("database", unless_empty(config.database.string()));
  section.add("circulation_map", unless_empty(config.circulation_map.string()));
  section.add("email", toml_list(config.email));
  section.add("date_order", toml_text(k_orders.at(static_cast<std::size_t>(config.date_order))));
  section.add("encoding", toml_text(config.encoding));
  section.add("max_archive_mib", static_cast<int>(config.max_archive_bytes / k_mebibyte));
  section.add("closed", toml_list(table, "closed"));
  section.add("max_age_days", config.policy.max_age_days);
  section.add_choice("fast_clock", config.policy.loads_fast_clocks, "load", "reject");
  return section.take();
}

EffectiveSection ids_section(const Config& config, const TomlTable& file) {
  Section section("[ids]", table_of(file, "ids"));
  section.add("user", unless_empty(config.ids.user.text()));
  section.add("item", unless_empty(config.ids.item.text()));
  section.add("strip", unless_empty(config.ids.strip));
  section.add("check_digit", config.ids.check_digit);
  return section.take();
}

EffectiveSection locations_section(const Config& config, const TomlTable& file) {
  Section section("[locations]", table_of(file, "locations"));
  const Locations& locations = config.policy.locations;
  section.add("shelf", toml_list(locations.shelf));
  section.add("missing", toml_list(locations.missing));
  section.add("lost", toml_list(locations.lost));
  section.add("transit", toml_list(locations.transit));
  section.add("hold_shelf", toml_list(locations.hold_shelf));
  return section.take();
}

EffectiveSection offline_section(std::string name, const OfflineRules& rules, const TomlTable& table,
                                 Section::Defaults defaults) {
  Section section(std::move(name), table, defaults);
  section.add_choice("checkins", rules.checkins, "load", "reject");
  section.add_choice("renewals", rules.renewals, "load", "reject");
  section.add_choice("registrations", rules.registrations, "load", "reject");
  section.add_choice("holds", rules.trap_holds, "trap", "report");
  section.add("max_renewals", rules.max_renewals);
  section.add("default_loan", toml_text(rules.default_loan.text));
  section.add("fines_on_closed_days", rules.fines_on_closed_days);
  section.add("cap_due_at_expiry", rules.cap_due_at_expiry);
  section.add("required", toml_list(rules.required));
  return section.take();
}

EffectiveSection rules_section(std::string name, const OfflineRules& rules, const TomlTable& table,
                               Section::Defaults defaults) {
  Section section(std::move(name), table, defaults);
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    if (!is_configurable(facts)) continue;
    section.add_choice(facts.code, rules.rejects.test(static_cast<std::size_t>(i)), "reject", "load");
  }
  return section.take();
}

void add_unless_empty(std::vector<EffectiveSection>& sections, EffectiveSection section) {
  if (!section.values.empty()) sections.push_back(std::move(section));
}

void add_library(std::vector<EffectiveSection>& sections, const Library& library, const TomlTable& table) {
  Section section(fmt::format("[[library]] {}", library.code), table);
  section.add("name", unless_empty(library.name));
  section.add("aliases", toml_list(library.aliases));
  section.add("email", toml_list(library.email));
  section.add("stations", toml_list(library.stations));
  section.add("user_access", toml_list(library.user_access));
  section.add("closed_weekdays", toml_list(table, "closed_weekdays"));
  section.add("closed", toml_list(table, "closed"));
  sections.push_back(section.take());

  const TomlTable& offline = table_of(table, "offline");
  add_unless_empty(sections, offline_section(fmt::format("[library.offline] of {}", library.code), library.offline,
                                             offline, Section::Defaults::left_out));
  add_unless_empty(sections, rules_section(fmt::format("[library.offline.rules] of {}", library.code), library.offline,
                                           table_of(offline, "rules"), Section::Defaults::left_out));
  const TomlTable& clock = table_of(table, "clock");
  Section offsets(fmt::format("[library.clock] of {}", library.code), clock);
  for (const TomlEntry& entry : clock.entries)
    offsets.add(entry.key, toml_offset(library.clock_offsets.at(normal_station(entry.key))));
  add_unless_empty(sections, offsets.take());
}

EffectiveSection library_send_section(const std::string& code, const LibrarySendSettings& send,
                                      const TomlTable& table) {
  Section section(fmt::format("[library.send] of {}", code), table, Section::Defaults::left_out);
  section.add("user", unless_empty(send.user));
  section.add("password_file", unless_empty(send.password_file));
  section.add("institution", unless_empty(send.institution));
  section.add("location", unless_empty(send.location));
  section.add("user_access", unless_empty(send.user_access));
  section.add("station", unless_empty(send.station));
  section.add("group", unless_empty(send.group));
  return section.take();
}

EffectiveSection profile_section(const Profile& profile, const TomlTable& table) {
  Section section(fmt::format("[[profile]] {}", profile.name), table);
  section.add("bill_threshold", toml_text(money_cell(profile.bill_threshold_cents)));
  section.add("overdue_threshold", profile.overdue_threshold);
  section.add("claims_returned_threshold", profile.claims_returned_threshold);
  section.add("charge_limit", profile.charge_limit);
  section.add("system", profile.system);
  section.add("location", unless_empty(profile.location));
  return section.take();
}

EffectiveSection mail_section(const MailSettings& mail, const TomlTable& file) {
  Section section("[mail]", table_of(file, "mail"));
  section.add("smtp", unless_empty(mail.smtp));
  section.add("sendmail", unless_empty(mail.sendmail));
  section.add("tls", unless_empty(mail.tls));
  section.add("user", unless_empty(mail.user));
  section.add("password_file", unless_empty(mail.password_file));
  section.add("ca_file", unless_empty(mail.ca_file));
  section.add("timeout_seconds", mail.timeout_seconds);
  section.add("from", unless_empty(mail.from));
  section.add("when", toml_text(mail.when));
  section.add("names", mail.names);
  section.add_choice("user_ids", mail.last_four, "last4", "full");
  return section.take();
}

EffectiveSection send_section(const SendSettings& send, const TomlTable& file) {
  Section section("[send]", table_of(file, "send"));
  section.add("as", unless_empty(send.as));
  section.add("outbox", unless_empty(send.outbox));
  section.add_choice("via", send.via_sip2, "sip2", "files");
  section.add("server", unless_empty(send.server));
  section.add("timeout_seconds", send.timeout_seconds);
  section.add("settle_seconds", send.settle_seconds);
  section.add("no_block", send.no_block);
  section.add_choice("renewals", send.renewal_as_checkout, "checkout", "renew");
  section.add("payments", send.payments);
  section.add("currency", toml_text(send.currency));
  section.add("error_detection", send.error_detection);
  section.add("encoding", toml_text(send.encoding));
  section.add("timezone", unless_empty(send.timezone));
  section.add_choice("ask", send.trusts_status, "status", "items");
  section.add_choice("due_dates", send.all_due_dates, "all", "desk");
  return section.take();
}

}  // namespace

std::vector<EffectiveSection> effective_values(const Config& config) {
  TroubleList none(config.file.string());
  const TomlTable file = parse_toml(config.text, none).value_or(TomlTable{});
  const TomlTable& offline = table_of(file, "offline");
  std::vector<EffectiveSection> sections{system_section(config, file), ids_section(config, file),
                                         locations_section(config, file)};
  sections.push_back(offline_section("[offline]", config.policy.default_offline, offline, Section::Defaults::shown));
  sections.push_back(rules_section("[offline.rules]", config.policy.default_offline, table_of(offline, "rules"),
                                   Section::Defaults::shown));
  for (std::size_t i = 0; i < config.policy.libraries.size(); ++i) {
    const TomlTable& table = table_of(file, "library", i);
    const std::string& code = config.policy.libraries[i].code;
    add_library(sections, config.policy.libraries[i], table);
    add_unless_empty(sections, library_send_section(code, config.send.libraries.at(code), table_of(table, "send")));
  }
  for (std::size_t i = 0; i < config.policy.profiles.size(); ++i)
    sections.push_back(profile_section(config.policy.profiles[i], table_of(file, "profile", i)));
  sections.push_back(mail_section(config.mail, file));
  sections.push_back(send_section(config.send, file));
  return sections;
}

}  // namespace offcirc
