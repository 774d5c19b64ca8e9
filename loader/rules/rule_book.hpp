// The policy, indexed by numbers instead of codes: what each location means, and which rule applies to each loan. It is
// built once per replay, so that deciding a transaction compares no text.
#pragma once

#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

/// `shelf`: an ordinary shelf besides home; `other`: any location that the config does not name, including home.
enum class LocationMeaning : std::uint8_t { other, shelf, missing, lost, transit, hold_shelf };

class RuleBook {
 public:
  /// Adds the locations and rules of the policy, such as CHECKEDOUT, to those of the state. Both must outlive this
  /// object.
  RuleBook(const Policy& policy, State& state);

  /// Returns an index into the map's rows; k_no_map_row if none fits.
  [[nodiscard]] std::uint32_t map_row(LibraryIndex library, ProfileIndex profile, CodeIndex item_type) const;
  /// These return indices into State::rules.
  [[nodiscard]] CodeIndex rule_of_row(std::uint32_t map_row) const { return m_row_rules[map_row]; }
  [[nodiscard]] CodeIndex default_loan(LibraryIndex library) const { return m_default_loans[library]; }
  /// Returns `other` for k_no_code, and for any location that the config does not name.
  [[nodiscard]] LocationMeaning meaning_of(CodeIndex location) const;

  /// Indices into State::locations.
  [[nodiscard]] CodeIndex checked_out() const { return m_checked_out; }
  [[nodiscard]] CodeIndex hold_shelf() const { return m_hold_shelf; }
  [[nodiscard]] CodeIndex in_transit() const { return m_in_transit; }
  /// Returns where items go that are checked out to a user of the profile.
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
