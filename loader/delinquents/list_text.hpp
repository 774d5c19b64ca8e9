// Writes the delinquent list as workstations and spreadsheets read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "loader/delinquents/delinquent_list.hpp"

namespace offcirc {

enum class ListFormat : std::uint8_t { plain, csv };

/// What the head of a list says.
struct ListHead {
  std::string system_name;
  std::string library;  ///< empty: of the whole system
  Seconds made_at = 0;  ///< UTC
};

/// plain: lines of comment with `#`, then `ID code` a line. csv: a header row, `made_at` in each row. A card with
/// several reasons has a line for each. IDs are made visible, so that none can break out of its line.
std::string delinquent_list_text(const ListHead& head, std::span<const ListedCard> cards, ListFormat format,
                                 const Zone& zone);

}  // namespace offcirc
