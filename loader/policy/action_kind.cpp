#include "loader/policy/action_kind.hpp"

#include <array>
#include <cstddef>

namespace offcirc {

const ActionKindFacts& facts_of(ActionKind kind) {
  static constexpr std::array<ActionKindFacts, k_action_kind_count> k_facts{{
      {"look-on-shelf", "Look on the shelf"},
      {"scan-again", "Scan again"},
      {"call-user", "Call the user"},
      {"fix-record", "Fix the record"},
      {"check-station", "Check the station"},
      {"nothing", "Nothing to do"},
  }};
  return k_facts.at(static_cast<std::size_t>(kind));
}

}  // namespace offcirc
