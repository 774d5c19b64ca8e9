// Finds IDs: which exist, which begin or end like another, whose they are, and which users may be delinquent.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Whether each of `ids` exists, in their order. `users`: as a user ID, alternate or inactive ones included; otherwise
/// as an item ID. The same holds below.
std::vector<bool> find_known_ids(Database& database, std::span<const std::string> ids, bool users);

/// For each prefix, the first `limit` IDs in bytewise order that begin with it and are longer.
std::vector<std::vector<std::string>> find_ids_beginning_with(Database& database,
                                                              std::span<const std::string_view> prefixes, bool users,
                                                              std::size_t limit);

/// For each ending, up to `limit` IDs that end with it or equal it, regardless of the case of ASCII letters. No index
/// helps, so this reads all IDs, once for all endings.
std::vector<std::vector<std::string>> find_ids_ending_with(Database& database, std::span<const std::string> endings,
                                                           bool users, std::size_t limit);

/// `LAST, FIRST` for each of `ids`, which are user IDs in bytewise order; empty if there is no such user, or the user
/// has no name.
std::vector<std::string> find_names_of_users(Database& database, std::span<const std::string> ids);

// Candidates for a delinquent list, selected by simple conditions; the rules then decide.

/// An ID, other than the user ID, that finds a user.
struct OtherCard {
  std::string id;
  std::string user_id;
  bool inactive = false;  ///< that of a lost or replaced card; otherwise an alternate ID
};

/// The IDs, in bytewise order, of users who are barred, expired before `today`, owe money, have an item that was due
/// before `now` (UTC), have claimed returns, or have an inactive card.
std::vector<std::string> find_users_to_list(const Database& database, Seconds now, Day today);

/// All alternate and inactive IDs, in bytewise order.
std::vector<OtherCard> find_other_cards(const Database& database);

}  // namespace offcirc
