// Finds who may not simply borrow today, for the list that offline workstations check cards against.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/policy/policy.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

enum class Restriction : std::uint8_t {
  barred,
  blocked,
  delinquent,
  expired,
  inactive_card,  ///< the card was reported lost or replaced; its user may have no restriction of their own
};

/// The code in the list: `barred` ... `inactive-card`.
std::string_view code_of(Restriction restriction);

/// One reason against one card. A user has one for each of their reasons and cards.
struct ListedCard {
  std::string id;  ///< user ID, alternate or inactive ID
  Restriction restriction = Restriction::barred;
  std::string library;  ///< the user's; may be empty
  std::string detail;   ///< `owes $12.00`, `3 items overdue`, `through 2026-05-31`; may be empty
};

/// As of `now`, in bytewise order of ID, then by restriction. Users of system profiles are left out: nobody has their
/// cards. `store` has begun.
std::vector<ListedCard> find_listed_cards(Store& store, Policy& policy, Seconds now);

}  // namespace offcirc
