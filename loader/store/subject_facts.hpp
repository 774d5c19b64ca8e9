// What the database says now of an item or a user, in words, for whoever asks for its story.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/store/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// `Due: 2026-07-03 23:59`
struct Fact {
  std::string name, value;
};

struct SubjectFacts {
  std::string heading;           ///< title of the item, name of the user; may be empty
  std::vector<std::string> ids;  ///< the ID of its row first, then the others by which it is found
  std::vector<Fact> facts;
};

/// Nullopt where the database has no such item.
std::optional<SubjectFacts> find_item_facts(const Database& database, const std::string& item_id, const Zone& zone);
/// Found by user ID, alternate or inactive ID; nullopt where it is none of these.
std::optional<SubjectFacts> find_user_facts(const Database& database, const std::string& id, const Zone& zone);

}  // namespace offcirc
