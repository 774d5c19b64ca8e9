// Makes the list of delinquent users, against which offline workstations check cards: who is on it, and how
// workstations and spreadsheets read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

/// Why somebody may not simply borrow today.
enum class Restriction : std::uint8_t {
  barred,
  blocked,
  delinquent,
  expired,
  inactive_card,  ///< the card was reported lost or replaced; its user may have no restriction of their own
};

/// The code in the list, such as `inactive-card`.
std::string_view code_of(Restriction restriction);

/// One reason against one card. A user with several reasons or cards has one for each combination.
struct ListedCard {
  std::string id;  ///< user ID, alternate or inactive ID
  Restriction restriction = Restriction::barred;
  std::string library;  ///< the user's; may be empty
  std::string detail;   ///< `owes $12.00`, `3 items overdue`, `through 2026-05-31`; may be empty
};

/// The cards to list as of `now` (UTC), in bytewise order of ID, then by restriction. Users of system profiles are left
/// out, since nobody has their cards.
/// \pre the transaction of `database` has begun
std::vector<ListedCard> find_listed_cards(Database& database, Policy& policy, Seconds now);

enum class ListFormat : std::uint8_t { plain, csv };

/// What the head of a list says.
struct ListHead {
  std::string system_name;
  std::string library;  ///< empty: the whole system
  Seconds made_at = 0;  ///< UTC
};

/// plain: comment lines with `#`, then `ID code` on each line. csv: a header row, and `made_at` in each row. A card
/// with several reasons has a line for each. IDs are made visible, so that none can break out of its line.
std::string delinquent_list_text(const ListHead& head, std::span<const ListedCard> cards, ListFormat format,
                                 const Zone& zone);

}  // namespace offcirc
