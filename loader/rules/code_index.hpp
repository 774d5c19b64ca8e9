// How the rules number codes and rules, and by which rules a transaction was decided.
#pragma once

#include <cstdint>
#include <limits>

namespace offcirc {

using CodeIndex = std::uint16_t;  ///< index into State::item_types, locations or rules
inline constexpr CodeIndex k_no_code = std::numeric_limits<CodeIndex>::max();
inline constexpr std::uint32_t k_no_map_row = std::numeric_limits<std::uint32_t>::max();

struct AppliedRules {
  CodeIndex loan = k_no_code;            ///< that the item was lent or renewed under; k_no_code: it was not
  std::uint32_t map_row = k_no_map_row;  ///< where it stands in the circulation map; k_no_map_row: the default loan
  CodeIndex fine = k_no_code;            ///< of the bill that was made
};

}  // namespace offcirc
