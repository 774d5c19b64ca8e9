// Finds the users who may be the person that a registration names.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/model/state.hpp"

namespace offcirc {

// Folds names, so that two spellings of one name become the same text.

/// Lower case; Latin letters lose their accents, and hyphens, apostrophes, dots and spaces go: "O'Brien-Núñez" ->
/// "obriennunez".
std::string folded_name(std::string_view utf8);

// Looks namesakes up by birth date, e-mail address and phone number, so that thousands of users with one name cost no
// more than a few.

class Namesakes {
 public:
  struct Alike {
    std::vector<Slot> first;  ///< the first few, in the order of State::namesakes
    std::size_t count = 0;    ///< of all
  };

  explicit Namesakes(const State& state) : m_state(state) {}

  /// Returns the users in State::namesakes[name] who share the birth date, e-mail address or phone number with the
  /// registration.
  Alike alike(std::size_t name, const Registration& registration);
  /// Call before and after the details of a user with that name change.
  void details_change(std::size_t name, Slot user);
  void details_changed(std::size_t name, Slot user);

  void forget() { m_names.clear(); }

  /// How many users were read, which tests compare over two sizes.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  using Places = std::set<std::uint32_t>;
  struct OfName {
    std::uint32_t known = 0;  ///< how many of State::namesakes are in the maps
    std::unordered_map<Slot, std::uint32_t> places;
    std::unordered_map<std::string, Places> by_key;
    std::unordered_map<std::string, std::int64_t> counts;  ///< by several keys together
  };

  void learn(OfName& of_name, const std::vector<Slot>& users);
  void add(OfName& of_name, Slot user);
  /// Adds the user to the maps, or removes the user.
  void enter(OfName& of_name, Slot user, bool is_new);

  const State& m_state;
  std::unordered_map<std::size_t, OfName> m_names;
  std::uint64_t m_looked_at = 0;
};

}  // namespace offcirc
