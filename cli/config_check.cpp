#include "cli/config_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/option_values.hpp"
#include "loader/config/effective_values.hpp"
#include "loader/output/characters.hpp"
#include "loader/policy/map_review.hpp"

namespace offcirc {
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
  const std::string what = types.empty() ? "nothing has a row in the circulation map; all is"
                                         : fmt::format(
                                               "of all item types only {} ha{} a row in the circulation map; "
                                               "others are",
                                               listed(types), types.size() == 1 ? "s" : "ve");
  return fmt::format("{}, {}: {} lent for the default loan, {}.", gap.library, gap.user_profile, what,
                     policy.libraries[policy.find_library(gap.library)].offline.default_loan.text);
}

void add_map_remarks(const Config& config, Remarks& remarks) {
  if (config.circulation_map.empty()) {
    remarks.emplace_back("There is no circulation map: everything is lent for the default loan.");
    return;
  }
  const MapReview review = review_map(config.policy);
  for (const CirculationMap::Row* row : review.never_used)
    remarks.push_back(fmt::format("{}:{}: this row is never used: rows below it fit whatever it fits.",
                                  config.circulation_map.string(), row->line));
  for (const MapGap& gap : review.gaps) remarks.push_back(gap_remark(gap, config.policy));
}

void add_mail_remarks(const Config& config, Remarks& remarks) {
  if (config.email.empty())
    remarks.emplace_back("The system has no e-mail address: nobody gets the whole report, and what has no library.");
  for (const Library& library : config.policy.libraries)
    if (library.email.empty())
      remarks.push_back(
          fmt::format("The library {} has no e-mail address: its report is sent to nobody.", library.code));
}

void add_library_remarks(const Config& config, Remarks& remarks) {
  for (const Library& library : config.policy.libraries) {
    if (library.stations.empty())
      remarks.push_back(fmt::format(
          "The library {} has no roster of stations: it is not noticed when one has not uploaded.", library.code));
    if (library.calendar.next_open(0) == 0 && library.calendar.is_closed(0))
      remarks.push_back(fmt::format("The library {} is never open: due dates are not moved.", library.code));
  }
}

}  // namespace

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

std::vector<std::string> config_remarks(const Config& config) {
  Remarks remarks;
  add_map_remarks(config, remarks);
  add_library_remarks(config, remarks);
  add_mail_remarks(config, remarks);
  for (std::string& remark : remarks) remark = visible(remark);
  return remarks;
}

}  // namespace offcirc
