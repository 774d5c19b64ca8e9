#include <fmt/format.h>

#include <map>

#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"
#include "loader/policy/code_limit.hpp"

namespace offcirc {
namespace {

constexpr int k_max_threshold = 1'000'000;

void read_location(TomlReader& reader, Profile& profile) {
  reader.read("system", profile.system);
  const TomlValue* location = reader.text("location");
  if (location == nullptr) return;
  profile.location = location->text;
  if (!profile.system)
    reader.report(location->place,
                  "'location' in [[profile]] is where the items of a system profile go; write system = true too, or "
                  "take it out.");
}

Profile read_profile(TomlReader& reader, std::map<std::string, Place>& seen) {
  Profile profile;
  if (const TomlValue* name = read_name(reader, "name")) {
    const auto [first, is_new] = seen.try_emplace(name->text, name->place);
    if (is_new)
      profile.name = name->text;
    else
      reader.report(name->place,
                    fmt::format("the profile \"{}\" is already at line {}, column {}; give each name once.", name->text,
                                first->second.line, first->second.column));
  }
  reader.read_money("bill_threshold", profile.bill_threshold_cents);
  reader.read("overdue_threshold", profile.overdue_threshold, 0, k_max_threshold);
  reader.read("claims_returned_threshold", profile.claims_returned_threshold, 0, k_max_threshold);
  reader.read("charge_limit", profile.charge_limit, 0, k_max_threshold);
  read_location(reader, profile);
  reader.report_unknown_keys();
  return profile;
}

}  // namespace

void read_profiles(TomlReader& file, ConfigDraft& draft) {
  std::map<std::string, Place> seen;
  std::vector<TomlReader> readers = file.tables("profile");
  if (readers.size() > k_max_codes)
    draft.troubles.add({}, fmt::format("there are more than {} [[profile]].", k_max_codes));
  for (TomlReader& reader : readers) draft.config.policy.profiles.push_back(read_profile(reader, seen));
}

}  // namespace offcirc
