// The policy by number: what each location means, and which rule each loan has. Made once for each replay, so that
// transactions compare no texts.
#pragma once

#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

/// `other`: home, or a location that the configuration does not name; `shelf`: an ordinary shelf other than home.
enum class LocationMeaning : std::uint8_t { other, shelf, missing, lost, transit, hold_shelf };

class RuleBook {
 public:
  /// Adds the locations and rules that only the policy names, such as CHECKEDOUT, to the state.
  RuleBook(const Policy& policy, State& state);

  /// Returns the index into the map's rows; k_no_map_row if none matches.
  [[nodiscard]] std::uint32_t map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const;
  /// Index into State::rules.
  [[nodiscard]] CodeIndex rule_of_row(std::uint32_t map_row) const { return m_row_rules[map_row]; }
  [[nodiscard]] CodeIndex default_loan(LibraryIndex library) const { return m_default_loans[library]; }
  /// Returns `other` for a location that the configuration does not name, and for none.
  [[nodiscard]] LocationMeaning meaning_of(CodeIndex location) const;

  [[nodiscard]] CodeIndex checked_out() const { return m_checked_out; }
  [[nodiscard]] CodeIndex hold_shelf() const { return m_hold_shelf; }
  [[nodiscard]] CodeIndex in_transit() const { return m_in_transit; }
  /// The location of a system profile's items.
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
