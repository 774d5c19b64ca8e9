// Explains an item, a user or a result: what the database says now, and every transaction about it, from every load, in
// order, with the rules that decided.
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

struct StoryQuestion {
  enum class Of : std::uint8_t { item, user, result };

  Of of = Of::item;
  std::string id;  ///< of an item or a user
  ResultName result;
  Seconds now = 0;  ///< UTC; the time as of which the status of a user is computed
};

/// One transaction, in words.
struct StoryEntry {
  StoryLoad load;
  ReportResult result;
  std::vector<std::string> rules;    ///< sentences: the rules that decided it
  std::vector<std::string> changes;  ///< what the load as a whole changed in its item, without a period
  std::vector<Fact> given;           ///< what the log says besides user and item
};

struct Story {
  StoryQuestion question;
  std::string heading;               ///< title, or the user's name; may be empty
  bool is_known = false;             ///< the database has the item or the user; always true for a result
  std::vector<Fact> facts;           ///< what the database says about it now
  std::vector<StoryEntry> entries;   ///< by occurred_at
  std::vector<std::string> remarks;  ///< sentences about what is missing
  std::vector<StoryResult> source;   ///< what the views in `entries` point into
};

/// Throws RunError if there is no such result. An ID about which nothing is known gives an empty story.
Story explain(const StoryQuestion& question, Store& store, Config& config);

/// Sentences about the rules that decided the result, such as `Under 21D-10D-5M, by line 12 of the circulation map
/// (OSH, PUBLIC, BOOK).`
std::vector<std::string> decided_by(const StoryResult& result, const Zone& zone);
/// What the load changed in the item: `at STACKS, then at CHECKEDOUT`
std::vector<std::string> changes_of(const StoryResult& result, const Zone& zone);
/// What the log says besides user and item.
std::vector<Fact> given_facts(const StoryResult& result);

}  // namespace offcirc
