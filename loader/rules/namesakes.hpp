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

// Names made comparable: two spellings of one name fold to the same text.

/// Lower case, Latin letters without their accents, no hyphens, apostrophes, dots or blanks: "O'Brien-Núñez" ->
/// "obriennunez".
std::string folded_name(std::string_view utf8);

// Finds the users who may be the person that a registration names. They are looked up by birth date, e-mail address and
// phone number, so that thousands of one name cost no more than a few.

class Namesakes {
 public:
  struct Alike {
    std::vector<Slot> first;  ///< the first few, in the order of State::namesakes
    std::size_t count = 0;    ///< of all
  };

  explicit Namesakes(const State& state) : m_state(state) {}

  /// Of State::namesakes[name], the users who have the birth date, e-mail address or phone number in common with the
  /// registration.
  Alike alike(std::size_t name, const Registration& registration);
  /// To be said before and after the details of a user of that name are changed.
  void details_change(std::size_t name, Slot user);
  void details_changed(std::size_t name, Slot user);

  void forget() { m_names.clear(); }

  /// How many users were looked at: what tests compare over two sizes.
  [[nodiscard]] std::uint64_t looked_at() const { return m_looked_at; }

 private:
  using Places = std::set<std::uint32_t>;
  struct OfName {
    std::uint32_t known = 0;  ///< so many of State::namesakes are in the maps
    std::unordered_map<Slot, std::uint32_t> places;
    std::unordered_map<std::string, Places> by_key;
    std::unordered_map<std::string, std::int64_t> counts;  ///< by several keys together
  };

  void learn(OfName& of_name, const std::vector<Slot>& users);
  void add(OfName& of_name, Slot user);
  /// Adds the user to the maps, or takes them out.
  void enter(OfName& of_name, Slot user, bool is_new);

  const State& m_state;
  std::unordered_map<std::size_t, OfName> m_names;
  std::uint64_t m_looked_at = 0;
};

}  // namespace offcirc
