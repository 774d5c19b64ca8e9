// Finds IDs: those that exist, those that begin or end like another, and users who may be delinquent.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// What is known of IDs: whether they are there, which begin like another, and whose they are.

/// By `ids`. `users`: user IDs, alternate and inactive ones; else item IDs.
std::vector<bool> find_known_ids(Database& database, std::span<const std::string> ids, bool users);

/// Of each prefix, the first `limit` that are longer and begin with it, in bytewise order.
std::vector<std::vector<std::string>> find_ids_beginning_with(Database& database,
                                                              std::span<const std::string_view> prefixes, bool users,
                                                              std::size_t limit);

/// Of each ending up to `limit` that end with it, or are it, upper or lower case. No index knows them: all IDs are
/// looked at, once for all endings.
std::vector<std::vector<std::string>> find_ids_ending_with(Database& database, std::span<const std::string> endings,
                                                           bool users, std::size_t limit);

/// `LAST, FIRST` by `ids`, which are in bytewise order; empty for an ID that is none of a user's, and where no name is
/// known.
std::vector<std::string> find_names_of_users(Database& database, std::span<const std::string> ids);

// Whom a delinquent list may have to name: found by what the tables say, to be judged by the rules.

/// An ID that finds a user beside the user ID.
struct OtherCard {
  std::string id;
  std::string user_id;
  bool inactive = false;  ///< of a lost or replaced card; else it is an alternate ID
};

/// User IDs in bytewise order: barred, expired before `today`, who owe, have an item that was due before `now`, have
/// claimed returns, or have an inactive card.
std::vector<std::string> find_users_to_list(const Database& database, Seconds now, Day today);

/// All alternate and inactive IDs, in bytewise order.
std::vector<OtherCard> find_other_cards(const Database& database);

}  // namespace offcirc
