#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "formats/fields.hpp"
#include "loader/config/config.hpp"
#include "loader/config/effective_values.hpp"
#include "loader/config/field_values.hpp"
#include "loader/model/calendar.hpp"
#include "loader/model/policy.hpp"
#include "loader/output/characters.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

// 'offcirc config check': the effective configuration, and likely mistakes in it.

namespace {

using Remarks = std::vector<std::string>;

std::string value_line(const EffectiveValue& value) {
  const std::string assignment =
      fmt::format("{} = {}", value.key, value.value.empty() ? "not set" : visible(value.value));
  return fmt::format("  {:<58}  {}\n", assignment,
                     value.place ? fmt::format("line {}", value.place->line) : std::string("default"));
}

std::string gap_remark(const MapGap& gap, const Policy& policy) {
  const std::vector<std::string_view> types(gap.only_for.begin(), gap.only_for.end());
  const std::string what = types.empty() ? "the circulation map has no row for any item type; everything uses"
                                         : fmt::format(
                                               "the circulation map has rows only for the item type{} {}; "
                                               "others use",
                                               types.size() == 1 ? "" : "s", listed(types));
  return fmt::format("{}, {}: {} the default loan, {}.", gap.library, gap.user_profile, what,
                     policy.libraries[policy.find_library(gap.library)].offline.default_loan.text);
}

void add_map_remarks(const Config& config, Remarks& remarks) {
  if (config.circulation_map.empty()) {
    remarks.emplace_back("There is no circulation map: everything uses the default loan.");
    return;
  }
  const MapReview review = review_map(config.policy);
  for (const CirculationMap::Row* row : review.never_used)
    remarks.push_back(
        fmt::format("{}:{}: this row is never used, because rows below it match everything that it matches.",
                    config.circulation_map.string(), row->line));
  for (const MapGap& gap : review.gaps) remarks.push_back(gap_remark(gap, config.policy));
}

void add_mail_remarks(const Config& config, Remarks& remarks) {
  if (config.email.empty())
    remarks.emplace_back(
        "The system has no e-mail address: nobody receives the whole report or the records without a library.");
  for (const Library& library : config.policy.libraries)
    if (library.email.empty())
      remarks.push_back(fmt::format("The library {} has no e-mail address: nobody receives its report.", library.code));
}

void add_library_remarks(const Config& config, Remarks& remarks) {
  for (const Library& library : config.policy.libraries) {
    if (library.stations.empty())
      remarks.push_back(
          fmt::format("The library {} has no roster of stations: a missing upload is not noticed.", library.code));
    if (library.calendar.next_open(0) == 0 && library.calendar.is_closed(0))
      remarks.push_back(fmt::format("The library {} is never open: due dates are not moved.", library.code));
  }
}

/// Lists every value with the line that sets it, or `default`.
std::string effective_text(const Config& config) {
  std::string text = fmt::format("Configuration {}\n", visible(config.file.string()));
  for (const EffectiveSection& section : effective_values(config)) {
    text += fmt::format("\n{}\n", visible(section.name));
    for (const EffectiveValue& value : section.values) text += value_line(value);
  }
  if (!config.circulation_map.empty())
    text += fmt::format("\nCirculation map {}: {} rows\n", visible(config.circulation_map.string()),
                        config.policy.circulation_map.rows().size());
  return text;
}

/// One sentence for each likely mistake: map rows that are never used, loans without a row, libraries without a roster,
/// without an open day, or without an e-mail address. Empty if there are none.
std::vector<std::string> config_remarks(const Config& config) {
  Remarks remarks;
  add_map_remarks(config, remarks);
  add_library_remarks(config, remarks);
  add_mail_remarks(config, remarks);
  for (std::string& remark : remarks) remark = visible(remark);
  return remarks;
}

// 'offcirc config rule': which row of the circulation map applies to a loan, and when the loan would be due.

struct RuleQuestion {
  std::string library, profile, item_type;
  Seconds at = 0;  ///< time of the checkout, UTC
};

using MapRow = CirculationMap::Row;

const Library& library_of(const RuleQuestion& question, const Policy& policy) {
  const LibraryIndex index = policy.find_library(question.library);
  if (index != k_no_library) return policy.libraries[index];
  std::vector<std::string_view> codes;
  for (const Library& library : policy.libraries) codes.push_back(library.code);
  throw UsageError(fmt::format("--library: the configuration has no library '{}'{}", question.library,
                               hint_of(question.library, codes)));
}

const Profile& profile_of(const RuleQuestion& question, const Policy& policy) {
  const ProfileIndex index = policy.find_profile(question.profile);
  if (index != k_no_profile) return policy.profiles[index];
  std::vector<std::string_view> names;
  for (const Profile& profile : policy.profiles) names.push_back(profile.name);
  throw UsageError(fmt::format("--profile: the configuration has no profile '{}'{}", question.profile,
                               hint_of(question.profile, names)));
}

std::string row_text(const MapRow& row) {
  return visible(fmt::format("{},{},{},{}", row.library, row.user_profile, row.item_type, row.rule.text));
}

std::string count_text(int count, bool hourly) {
  return fmt::format("{} {}{}", count, hourly ? "hour" : "day", count == 1 ? "" : "s");
}

std::string meaning_of(const CirculationRule& rule) {
  std::string text = fmt::format("The loan is {}. ", count_text(rule.loan, rule.hourly_loan));
  if (rule.rate_cents == 0) return text + "There is no overdue fine.";
  text +=
      fmt::format("The fine is {} for each {} overdue", money_cell(rule.rate_cents), rule.hourly_fine ? "hour" : "day");
  return text + (rule.cap_cents == 0 ? "." : fmt::format(", at most {}.", money_cell(rule.cap_cents)));
}

std::string local_text(Seconds utc, const Zone& zone) {
  return iso_time(utc, zone).substr(0, std::string_view("2026-06-12T10:12").size());
}

std::string due_text(const CirculationRule& rule, const RuleQuestion& question, const Library& library,
                     const Zone& zone) {
  const LoanEnd end = loan_end(rule, question.at, library.calendar, zone);
  std::string text =
      fmt::format("An item checked out {} is due {}", local_text(question.at, zone), local_text(end.by_rule, zone));
  if (end.moved != end.by_rule)
    text += fmt::format(", but {} is closed then, so it is due {}", visible(library.code), local_text(end.moved, zone));
  return text + ".\n";
}

/// Lists the rows above `used` that match too, one of which the author of the map may have expected to apply.
std::string passed_over(const RuleQuestion& question, const Config& config, const MapRow* used) {
  const auto fits = [](const std::string& wanted, const std::string& code) { return wanted == "*" || wanted == code; };
  std::string text;
  for (const MapRow& row : config.policy.circulation_map.rows()) {
    if (&row == used) break;
    if (fits(row.library, question.library) && fits(row.user_profile, question.profile) &&
        fits(row.item_type, question.item_type))
      text += fmt::format("  line {}: {}\n", row.line, row_text(row));
  }
  return text.empty() ? text
                      : "These rows also match, but they are higher up, and the map is read from the bottom:\n" + text;
}

/// Explains the rule in a few lines of text. UsageError if the configuration has no such library or profile.
std::string explain_rule(const RuleQuestion& question, const Config& config) {
  const Library& library = library_of(question, config.policy);
  const Profile& profile = profile_of(question, config.policy);
  if (profile.system)
    return fmt::format("{} is a system profile: items checked out to its users have no due date and no fines.\n",
                       visible(profile.name));
  const MapRow* row = config.policy.circulation_map.find(question.library, question.profile, question.item_type);
  std::string text;
  if (row == nullptr)
    text = "No row of the circulation map matches.\n";
  else
    text = fmt::format("{}:{}: {}\n", visible(config.circulation_map.string()), row->line, row_text(*row));
  const bool circulates = row != nullptr && row->rule.loan > 0;
  if (!circulates)
    text += fmt::format(
        "Under the map it does not circulate. If it was checked out anyway, the default loan, {}, is used.\n",
        library.offline.default_loan.text);
  const CirculationRule& rule = circulates ? row->rule : library.offline.default_loan;
  text += meaning_of(rule) + "\n" + due_text(rule, question, library, config.policy.zone);
  return text + passed_over(question, config, row);
}

class ConfigCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"config",
            "Show the effective configuration, or the loan rule of an item",
            {"check|rule", "'check' or 'rule'", false, false, {"check", "rule"}},
            {text_option("--library", "CODE", "rule: the checkout library", m_question.library),
             text_option("--profile", "NAME", "rule: the profile of the user", m_question.profile),
             text_option("--item-type", "CODE", "rule: the type of the item", m_question.item_type),
             {"--at", "TIME", "rule: the time of the checkout (default: now)",
              [this](const std::string& value) { m_at = read_time("--at", value); }}},
            {{"config check", "Each value, where it comes from, and possible mistakes"},
             {"config rule --library OSH --profile PUBLIC --item-type DVD",
              "The loan period of a DVD, and the line of the map that sets it"}}};
  }

  ExitStatus run(const std::vector<std::string>& words, const CommonOptions& common, Console& console) override {
    if (words.front() == "check") return check(open_config(common), console);
    if (words.front() == "rule") return rule(common, console);
    throw UsageError(fmt::format("'offcirc config' takes check or rule, not '{}'.", words.front()));
  }

 private:
  ExitStatus check(const Config& config, const Console& console) const {
    if (has_question() || m_at) throw UsageError("--library, --profile, --item-type and --at are for 'config rule'.");
    const std::vector<std::string> remarks = config_remarks(config);
    StandardOutput output;
    output.write(effective_text(config));
    output.write(remarks.empty() ? "\nNo possible mistakes were found.\n" : "\nTo check:\n");
    for (const std::string& remark : remarks) output.write(fmt::format("  {}\n", remark));
    const ExitStatus written = output.finish(console);
    return written == ExitStatus::done && !remarks.empty() ? ExitStatus::incomplete : written;
  }

  ExitStatus rule(const CommonOptions& common, const Console& console) {
    if (m_question.library.empty() || m_question.profile.empty() || m_question.item_type.empty())
      throw UsageError("'offcirc config rule' needs --library, --profile and --item-type.");
    const Config config = open_config(common);
    m_question.at = m_at ? utc_of(*m_at, config.policy.zone) : now_of(common);
    StandardOutput output;
    output.write(explain_rule(m_question, config));
    return output.finish(console);
  }

  [[nodiscard]] bool has_question() const {
    return !m_question.library.empty() || !m_question.profile.empty() || !m_question.item_type.empty();
  }

  RuleQuestion m_question;
  std::optional<Stamp> m_at;
};

}  // namespace

std::unique_ptr<Command> make_config_command() {
  return std::make_unique<ConfigCommand>();
}

}  // namespace offcirc
