// Controls what a report tells about people: with or without names, and with user IDs in full or masked so that a desk
// can still tell them apart.
#pragma once

#include <map>
#include <set>
#include <string>

#include "loader/report/report.hpp"

namespace offcirc {

/// User ID -> `LAST, FIRST`.
using UserNames = std::map<std::string, std::string, std::less<>>;

/// Every user ID that the report shows, in its results and in its lists.
std::set<std::string, std::less<>> shown_user_ids(const Report& report);

/// Adds the name of each user whose ID is in `names`.
void add_names(Report& report, const UserNames& names);

/// Masks all but the last four characters of each user ID, also in messages and notes, and of the item ID of each
/// unknown item or unreadable record: it may be a card that was scanned by mistake. IDs of up to four characters are
/// masked completely. A message that repeats something that somebody typed becomes the phrase of its outcome. Names,
/// and what staff noted about dismissals, are removed.
void mask_users(Report& report);

}  // namespace offcirc
