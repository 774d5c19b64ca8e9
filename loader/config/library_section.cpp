#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "formats/fields.hpp"
#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

namespace {

using PlacesByName = std::map<std::string, Place, std::less<>>;

void read_code(TomlReader& reader, Library& library, PlacesByName& seen) {
  const TomlValue* code = read_name(reader, "code");
  if (code == nullptr) return;
  const auto [first, is_new] = seen.try_emplace(code->text, code->place);
  if (is_new)
    library.code = code->text;
  else
    reader.report(code->place, fmt::format("the library \"{}\" is already at line {}, column {}; give each code once.",
                                           code->text, first->second.line, first->second.column));
}

void read_stations(TomlReader& reader, std::vector<std::string>& stations) {
  PlacesByName seen;
  for (const TomlValue* value : reader.texts("stations")) {
    std::string station = normal_station(value->text);
    const auto [first, is_new] = seen.try_emplace(station, value->place);
    if (station.empty())
      reader.report(value->place, "'stations' in [[library]] must have station numbers such as \"0201\", not \"\".");
    else if (!is_new)
      reader.report(value->place, fmt::format("the station \"{}\" is already at line {}, column {} of this library.",
                                              station, first->second.line, first->second.column));
    else
      stations.push_back(std::move(station));
  }
}

/// An alias, and the index of the library that has it.
struct Alias {
  Place place;
  std::string text;
  std::size_t library = 0;
};

void read_aliases(TomlReader& reader, Library& library, std::size_t index, std::vector<Alias>& aliases) {
  for (const TomlValue* value : reader.texts("aliases")) {
    if (trimmed(value->text).empty() || trimmed(value->text) != value->text) {
      reader.report(value->place, "'aliases' in [[library]] must have names without blanks around them.");
      continue;
    }
    aliases.push_back({value->place, value->text, index});
    library.aliases.push_back(value->text);
  }
}

// Reports aliases that do not identify a single library. Names are compared without regard to case.
void check_aliases(const std::vector<Library>& libraries, const std::vector<Alias>& aliases, TomlReader& file) {
  std::map<std::string, std::set<std::size_t>> owners;
  for (std::size_t i = 0; i < libraries.size(); ++i) {
    owners[folded_library_name(libraries[i].code)].insert(i);
    owners[folded_library_name(libraries[i].name)].insert(i);
  }
  for (const Alias& alias : aliases) {
    std::set<std::size_t>& called_so = owners[folded_library_name(alias.text)];
    const auto other = std::find_if(called_so.begin(), called_so.end(), [&](auto i) { return i != alias.library; });
    if (other != called_so.end())
      file.report(alias.place, fmt::format("the alias \"{}\" is also a code, name or alias of the library \"{}\"; give "
                                           "each name to one library.",
                                           alias.text, libraries[*other].code));
    called_so.insert(alias.library);
  }
}

void read_clock_offset(TomlReader& clock, const TomlEntry& entry, Library& library) {
  const std::string station = normal_station(entry.key);
  const TomlValue* offset = clock.text(entry.key);
  if (offset == nullptr) return;
  const auto seconds = parse_clock_offset(offset->text);
  const auto& roster = library.stations;
  if (!roster.empty() && std::find(roster.begin(), roster.end(), station) == roster.end())
    clock.report(entry.place,
                 fmt::format("the library has no station \"{}\"; add it to 'stations', or remove its clock.", station));
  if (!seconds)
    clock.report(offset->place,
                 fmt::format("'{}' in [library.clock] must be the correction of the station's time, such as "
                             "\"+00:07:00\" or \"-01:00\", not \"{}\".",
                             entry.key, offset->text));
  else if (!library.clock_offsets.try_emplace(station, *seconds).second)
    clock.report(entry.place, fmt::format("the station \"{}\" is already in [library.clock].", station));
}

Library read_library(TomlReader& reader, ConfigDraft& draft, PlacesByName& seen, std::vector<Alias>& aliases) {
  Library library;
  read_code(reader, library, seen);
  reader.read("name", library.name);
  read_aliases(reader, library, draft.config.policy.libraries.size(), aliases);
  read_addresses(reader, "email", library.email);
  read_stations(reader, library.stations);
  reader.read("user_access", library.user_access);

  const std::array<bool, 7> weekdays = read_weekdays(reader, "closed_weekdays");
  std::vector<Day> closed = read_days(reader, "closed");
  closed.insert(closed.end(), draft.closed_days.begin(), draft.closed_days.end());
  library.calendar = Calendar(weekdays, std::move(closed));

  library.offline = draft.config.policy.default_offline;
  TomlReader offline = reader.table("offline");
  read_offline(offline, library.offline);

  TomlReader clock = reader.table("clock");
  for (const TomlEntry& entry : clock.entries()) read_clock_offset(clock, entry, library);
  read_library_send(reader, draft, draft.config.send.libraries[library.code]);
  reader.report_unknown_keys();
  return library;
}

}  // namespace

void read_libraries(TomlReader& file, ConfigDraft& draft) {
  PlacesByName seen;
  std::vector<Alias> aliases;
  std::vector<Library>& libraries = draft.config.policy.libraries;
  std::vector<TomlReader> readers = file.tables("library");
  if (readers.size() > k_max_codes)
    draft.troubles.add({}, fmt::format("there are more than {} [[library]].", k_max_codes));
  for (TomlReader& reader : readers) libraries.push_back(read_library(reader, draft, seen, aliases));
  check_aliases(libraries, aliases, file);
}

namespace {

constexpr int k_max_threshold = 1'000'000;

void read_location(TomlReader& reader, Profile& profile) {
  reader.read("system", profile.system);
  const TomlValue* location = reader.text("location");
  if (location == nullptr) return;
  profile.location = location->text;
  if (!profile.system)
    reader.report(location->place,
                  "'location' in [[profile]] is only for a system profile, whose items move there; add system = true, "
                  "or remove it.");
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

namespace {

std::string_view reason_of(const std::regex_error& error) {
  namespace regex = std::regex_constants;
  const auto code = error.code();
  if (code == regex::error_brack) return "a [ or ] has no counterpart";
  if (code == regex::error_paren) return "a ( or ) has no counterpart, or there is nothing before *, + or ? to repeat";
  if (code == regex::error_brace || code == regex::error_badbrace)
    return "a { has no counterpart, or its content is not a repetition count";
  if (code == regex::error_range) return "a range in [ ] is backwards";
  if (code == regex::error_escape) return "a \\ comes before a character without a special meaning";
  if (code == regex::error_badrepeat) return "there is nothing before *, + or ? to repeat";
  return "it is invalid";
}

void read_pattern(TomlReader& ids, std::string_view key, IdPattern& into) {
  const TomlValue* pattern = ids.text(key);
  if (pattern == nullptr) return;
  try {
    if (!pattern->text.empty()) into = IdPattern(pattern->text);
  } catch (const std::regex_error& error) {
    ids.report(pattern->place, fmt::format("'{}' in [ids] must be a regular expression, not '{}': {}.", key,
                                           pattern->text, reason_of(error)));
  }
}

}  // namespace

void read_ids(TomlReader& file, ConfigDraft& draft) {
  IdPatterns& patterns = draft.config.ids;
  TomlReader ids = file.table("ids");
  read_pattern(ids, "user", patterns.user);
  read_pattern(ids, "item", patterns.item);
  ids.read("strip", patterns.strip);
  ids.read("check_digit", patterns.check_digit);
  ids.report_unknown_keys();
}

// The defaults are the names that Symphony ships with.
void read_locations(TomlReader& file, ConfigDraft& draft) {
  Locations& meanings = draft.config.policy.locations;
  meanings.missing = {"MISSING"};
  meanings.lost = {"LOST", "LOST-ASSUM", "LOST-CLAIM", "LOST-PAID", "UI-LOST"};
  meanings.transit = {"INTRANSIT"};
  meanings.hold_shelf = {"HOLDS"};
  TomlReader locations = file.table("locations");
  locations.read("shelf", meanings.shelf);
  locations.read("missing", meanings.missing);
  locations.read("lost", meanings.lost);
  locations.read("transit", meanings.transit);
  locations.read("hold_shelf", meanings.hold_shelf);
  locations.report_unknown_keys();
}

}  // namespace offcirc
