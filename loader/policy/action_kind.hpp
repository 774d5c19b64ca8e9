// The kinds of work that a load can leave to staff: one walk to the shelves, or one hour at the telephone, does all of
// a kind.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc {

/// In the order in which lists of things to do have them.
enum class ActionKind : std::uint8_t { look_on_shelf, scan_again, call_user, fix_record, check_station, nothing };
inline constexpr int k_action_kind_count = 6;

struct ActionKindFacts {
  std::string_view code;    ///< stable, as in reports
  std::string_view phrase;  ///< what staff know it by
};

const ActionKindFacts& facts_of(ActionKind kind);

}  // namespace offcirc
