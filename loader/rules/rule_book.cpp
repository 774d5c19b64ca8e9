#include "loader/rules/rule_book.hpp"

#include <string_view>

namespace offcirc {
namespace {

// With more combinations than this, each lookup searches the map's rows. No real system comes near.
constexpr std::size_t k_max_cached = 16'000'000;

constexpr std::uint32_t k_not_asked = k_no_map_row - 1;

std::string_view name_or_nothing(const std::vector<std::string>& names, std::size_t index) {
  return index < names.size() ? std::string_view(names[index]) : std::string_view();
}

CodeIndex first_location(State& state, const std::vector<std::string>& codes, std::string_view otherwise) {
  return state.location(codes.empty() ? otherwise : std::string_view(codes.front()));
}

}  // namespace

RuleBook::RuleBook(const Policy& policy, State& state) : m_policy(&policy), m_state(&state) {
  const Locations& locations = policy.locations;
  m_checked_out = state.location("CHECKEDOUT");
  m_hold_shelf = first_location(state, locations.hold_shelf, "HOLDS");
  m_in_transit = first_location(state, locations.transit, "INTRANSIT");
  for (const Profile& profile : policy.profiles)
    m_profile_locations.push_back(profile.location.empty() ? m_checked_out : state.location(profile.location));

  m_meanings.assign(state.locations.size(), LocationMeaning::other);
  const auto mark = [&](const std::vector<std::string>& codes, LocationMeaning meaning) {
    for (std::size_t i = 0; i < state.locations.size(); ++i)
      for (const std::string& code : codes)
        if (state.locations[i] == code) m_meanings[i] = meaning;
  };
  mark(locations.shelf, LocationMeaning::shelf);
  mark(locations.hold_shelf, LocationMeaning::hold_shelf);
  mark(locations.transit, LocationMeaning::transit);
  mark(locations.lost, LocationMeaning::lost);
  mark(locations.missing, LocationMeaning::missing);
  compile_map(state);
}

void RuleBook::compile_map(State& state) {
  for (const auto& row : m_policy->circulation_map.rows()) m_row_rules.push_back(state.rule(row.rule));
  for (const Library& library : m_policy->libraries)
    m_default_loans.push_back(state.rule(library.offline.default_loan));
  // One extra profile and item type each, for users and items that have none.
  const std::size_t combinations =
      m_policy->libraries.size() * (m_policy->profiles.size() + 1) * (state.item_types.size() + 1);
  if (combinations <= k_max_cached) m_cache.assign(combinations, k_not_asked);
}

std::uint32_t RuleBook::map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const {
  if (m_cache.empty()) return find_map_row(library, profile, item_type);
  const std::size_t profiles = m_policy->profiles.size() + 1;
  const std::size_t types = m_state->item_types.size() + 1;
  const std::size_t at = (library * profiles + std::min<std::size_t>(profile, profiles - 1)) * types +
                         std::min<std::size_t>(item_type, types - 1);
  if (m_cache[at] == k_not_asked) m_cache[at] = find_map_row(library, profile, item_type);
  return m_cache[at];
}

std::uint32_t RuleBook::find_map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const {
  const std::string_view profile_name =
      profile < m_policy->profiles.size() ? std::string_view(m_policy->profiles[profile].name) : std::string_view();
  const auto* row = m_policy->circulation_map.find(m_policy->libraries[library].code, profile_name,
                                                   name_or_nothing(m_state->item_types, item_type));
  if (row == nullptr) return k_no_map_row;
  return static_cast<std::uint32_t>(row - m_policy->circulation_map.rows().data());
}

LocationMeaning RuleBook::meaning_of(CodeIndex location) const {
  return location < m_meanings.size() ? m_meanings[location] : LocationMeaning::other;
}

}  // namespace offcirc
