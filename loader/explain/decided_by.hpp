// By which rules a transaction was decided, and what its load made of its item, in words.
#pragma once

#include <string>
#include <vector>

#include "loader/store/store.hpp"

namespace offcirc {

/// `Lent under 21D-10D-5M, by line 12 of the circulation map (OSH, PUBLIC, BOOK).`
std::vector<std::string> decided_by(const StoryResult& result, const Zone& zone);
/// `Location: STACKS, then CHECKEDOUT`
std::vector<std::string> changes_of(const StoryResult& result, const Zone& zone);
/// What the log gave beside user and item.
std::vector<Fact> given_facts(const StoryResult& result);

}  // namespace offcirc
