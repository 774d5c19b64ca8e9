// The story of an item, a user or a result, and by which rules it was decided.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/circulation/subject_facts.hpp"
#include "loader/config/config.hpp"
#include "loader/journal/story.hpp"
#include "loader/report/report.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

// The whole story of an item, a user or a result: what the database says now, and every transaction of it, from every
// load, in order, with the rules that decided.

struct StoryQuestion {
  enum class Of : std::uint8_t { item, user, result };

  Of of = Of::item;
  std::string id;  ///< of an item or a user
  ResultName result;
  Seconds now = 0;  ///< UTC: what a user's status is worked out as of
};

/// One transaction, in words.
struct StoryEntry {
  StoryLoad load;
  ReportResult result;
  std::vector<std::string> rules;    ///< sentences: by which rules it was decided
  std::vector<std::string> changes;  ///< what the load as a whole made of its item, without a full stop
  std::vector<Fact> given;           ///< what the log gave beside user and item
};

struct Story {
  StoryQuestion question;
  std::string heading;               ///< title, or the user's name; may be empty
  bool is_known = false;             ///< the database has the item or the user; of a result always
  std::vector<Fact> facts;           ///< what it says of them now
  std::vector<StoryEntry> entries;   ///< by occurred_at
  std::vector<std::string> remarks;  ///< whole sentences about what is missing
  std::vector<StoryResult> source;   ///< what the entries' views point into
};

/// RunError where there is no such result. An ID of which nothing at all is known gives an empty story.
Story explain(const StoryQuestion& question, Store& store, Config& config);

// By which rules a transaction was decided, and what its load made of its item, in words.

/// `Lent under 21D-10D-5M, by line 12 of the circulation map (OSH, PUBLIC, BOOK).`
std::vector<std::string> decided_by(const StoryResult& result, const Zone& zone);
/// `Location: STACKS, then CHECKEDOUT`
std::vector<std::string> changes_of(const StoryResult& result, const Zone& zone);
/// What the log gave beside user and item.
std::vector<Fact> given_facts(const StoryResult& result);

}  // namespace offcirc
