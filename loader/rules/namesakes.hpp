// Finds users who may be the person that a registration names.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

/// Folds different spellings of a name to the same text: lower case, Latin letters without accents, and without
/// hyphens, apostrophes, dots or blanks. "O'Brien-Núñez" becomes "obriennunez".
std::string folded_name(std::string_view utf8);

/// Finds users with a given last name by birth date, e-mail address and phone number. It keeps indexes of these, so
/// that a name that thousands of users share costs no more than a rare one.
class Namesakes {
 public:
  struct Alike {
    std::vector<Slot> first;  ///< the first five, in the order of State::namesakes
    std::size_t count = 0;    ///< of all such users
  };

  explicit Namesakes(const State& state) : m_state(state) {}

  /// Returns the users in State::namesakes[name] who share the birth date, e-mail address or phone number of the
  /// registration.
  Alike alike(std::size_t name, const Registration& registration);
  /// Call this before the details of a user with that name are changed.
  void details_change(std::size_t name, Slot user);
  /// Call this after they were changed.
  void details_changed(std::size_t name, Slot user);

  void forget() { m_names.clear(); }

  /// Returns how many users were looked at. Tests compare it for two sizes of batches.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  using Places = std::set<std::uint32_t>;
  struct OfName {
    std::uint32_t known = 0;                         ///< how many of State::namesakes are in the maps
    std::unordered_map<Slot, std::uint32_t> places;  ///< in State::namesakes, by user
    std::unordered_map<std::string, Places> by_key;
    std::unordered_map<std::string, std::int64_t> counts;  ///< by combinations of two or three keys
  };

  void learn(OfName& of_name, const std::vector<Slot>& users);
  void add(OfName& of_name, Slot user);
  /// Adds the user to the maps if `is_new`, or else removes the user.
  void enter(OfName& of_name, Slot user, bool is_new);

  const State& m_state;
  std::unordered_map<std::size_t, OfName> m_names;
  std::uint64_t m_looked_at = 0;
};

}  // namespace offcirc
