#include "cli/config_rule.hpp"

#include <fmt/format.h>

#include <vector>

#include "cli/command.hpp"
#include "formats/fields.hpp"
#include "loader/config/near_miss.hpp"
#include "loader/output/characters.hpp"
#include "loader/policy/loan_end.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

using Row = CirculationMap::Row;

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

std::string row_text(const Row& row) {
  return visible(fmt::format("{},{},{},{}", row.library, row.user_profile, row.item_type, row.rule.text));
}

std::string count_text(int count, bool hourly) {
  return fmt::format("{} {}{}", count, hourly ? "hour" : "day", count == 1 ? "" : "s");
}

std::string meaning_of(const CirculationRule& rule) {
  std::string text = fmt::format("Lent for {}. ", count_text(rule.loan, rule.hourly_loan));
  if (rule.rate_cents == 0) return text + "Late, it costs nothing.";
  text += fmt::format("Each {} late costs {}", rule.hourly_fine ? "hour" : "day", money_cell(rule.rate_cents));
  return text + (rule.cap_cents == 0 ? "." : fmt::format(", at most {}.", money_cell(rule.cap_cents)));
}

std::string local_text(Seconds utc, const Zone& zone) {
  return iso_time(utc, zone).substr(0, std::string_view("2026-06-12T10:12").size());
}

std::string due_text(const CirculationRule& rule, const RuleQuestion& question, const Library& library,
                     const Zone& zone) {
  const LoanEnd end = loan_end(rule, question.at, library.calendar, zone);
  std::string text =
      fmt::format("Checked out {}, it is due {}", local_text(question.at, zone), local_text(end.by_rule, zone));
  if (end.moved != end.by_rule)
    text += fmt::format(", when {} is closed: so {}", visible(library.code), local_text(end.moved, zone));
  return text + ".\n";
}

/// Rows that fit too, but are higher up: those that whoever wrote the map may have expected.
std::string passed_over(const RuleQuestion& question, const Config& config, const Row* used) {
  const auto fits = [](const std::string& wanted, const std::string& code) { return wanted == "*" || wanted == code; };
  std::string text;
  for (const Row& row : config.policy.circulation_map.rows()) {
    if (&row == used) break;
    if (fits(row.library, question.library) && fits(row.user_profile, question.profile) &&
        fits(row.item_type, question.item_type))
      text += fmt::format("  line {}: {}\n", row.line, row_text(row));
  }
  return text.empty() ? text : "These rows fit too, but are higher up, and the map is read from the bottom:\n" + text;
}

}  // namespace

std::string explain_rule(const RuleQuestion& question, const Config& config) {
  const Library& library = library_of(question, config.policy);
  const Profile& profile = profile_of(question, config.policy);
  if (profile.system)
    return fmt::format("{} is a system profile: what is charged to its users has no due date and costs nothing.\n",
                       visible(profile.name));
  const Row* row = config.policy.circulation_map.find(question.library, question.profile, question.item_type);
  std::string text;
  if (row == nullptr)
    text = "No row of the circulation map fits.\n";
  else
    text = fmt::format("{}:{}: {}\n", visible(config.circulation_map.string()), row->line, row_text(*row));
  const bool circulates = row != nullptr && row->rule.loan > 0;
  if (!circulates)
    text += fmt::format(
        "By the map it does not circulate. What left a desk all the same is lent for the default loan, {}.\n",
        library.offline.default_loan.text);
  const CirculationRule& rule = circulates ? row->rule : library.offline.default_loan;
  text += meaning_of(rule) + "\n" + due_text(rule, question, library, config.policy.zone);
  return text + passed_over(question, config, row);
}

}  // namespace offcirc
