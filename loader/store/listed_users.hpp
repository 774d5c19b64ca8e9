// Whom a delinquent list may have to name: found by what the tables say, to be judged by the rules.
#pragma once

#include <string>
#include <vector>

#include "loader/store/sqlite.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// User IDs in bytewise order: barred, expired before `today`, who owe, have an item that was due before `now`, have
/// claimed returns, or have an inactive card.
std::vector<std::string> find_users_to_list(const Database& database, Seconds now, Day today);

/// All alternate and inactive IDs, in bytewise order.
std::vector<OtherCard> find_other_cards(const Database& database);

}  // namespace offcirc
