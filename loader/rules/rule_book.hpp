// The policy, looked up by number: what each location means, which rule each loan is under. Made once for a replay, so
// that no transaction compares texts.
#pragma once

#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

/// `other`: home, or anywhere that the config does not name; `shelf`: an ordinary shelf besides home.
enum class LocationMeaning : std::uint8_t { other, shelf, missing, lost, transit, hold_shelf };

class RuleBook {
 public:
  /// Adds to the state's locations and rules those that only the policy names, such as CHECKEDOUT.
  RuleBook(const Policy& policy, State& state);

  /// Index into the map's rows; k_no_map_row where none fits.
  [[nodiscard]] std::uint32_t map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const;
  /// Index into State::rules.
  [[nodiscard]] CodeIndex rule_of_row(std::uint32_t map_row) const { return m_row_rules[map_row]; }
  [[nodiscard]] CodeIndex default_loan(LibraryIndex library) const { return m_default_loans[library]; }
  /// `other` for every location that the config does not name, and for none.
  [[nodiscard]] LocationMeaning meaning_of(CodeIndex location) const;

  [[nodiscard]] CodeIndex checked_out() const { return m_checked_out; }
  [[nodiscard]] CodeIndex hold_shelf() const { return m_hold_shelf; }
  [[nodiscard]] CodeIndex in_transit() const { return m_in_transit; }
  /// Where a system profile's items go.
  [[nodiscard]] CodeIndex location_of(ProfileIndex profile) const { return m_profile_locations[profile]; }

 private:
  [[nodiscard]] std::uint32_t find_map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const;
  void compile_map(State& state);

  const Policy* m_policy;
  const State* m_state;
  std::vector<CodeIndex> m_row_rules;  // by row of the map
  std::vector<CodeIndex> m_default_loans;
  std::vector<CodeIndex> m_profile_locations;
  std::vector<LocationMeaning> m_meanings;
  CodeIndex m_checked_out, m_hold_shelf, m_in_transit;
  mutable std::vector<std::uint32_t> m_cache;  // by library, profile and item type
};

}  // namespace offcirc
