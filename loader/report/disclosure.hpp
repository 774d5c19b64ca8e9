// What a report may say of people: their names or not, their IDs in full or only as far as a desk needs to tell them
// apart.
#pragma once

#include <map>
#include <set>
#include <string>

#include "loader/report/report.hpp"

namespace offcirc {

/// User ID -> `LAST, FIRST`.
using UserNames = std::map<std::string, std::string, std::less<>>;

/// Every user ID that the report shows, of results that are listed and of the lists.
std::set<std::string, std::less<>> shown_user_ids(const Report& report);

/// Puts the names behind the IDs.
void add_names(Report& report, const UserNames& names);

/// Leaves the last four characters of each user ID, in the messages too, and of the ID of an item that nobody knows: it
/// may be a card that was scanned in its place. A message that repeats what somebody typed becomes the phrase of its
/// outcome. Names and what staff noted are taken out.
void mask_users(Report& report);

}  // namespace offcirc
