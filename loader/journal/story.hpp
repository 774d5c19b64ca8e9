// The journal asked about one item, one user or one result: every transaction of it, from every load, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/read_load.hpp"

namespace offcirc {

/// The load that a result is of.
struct StoryLoad {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< UTC
  std::string operator_name, command, program_version;
  Seconds undone_at = k_no_time;  ///< k_no_time: it stands
  std::string undone_by;
  bool undone_in_part = false;
  Seconds pruned_at = k_no_time;  ///< k_no_time: it was not
};

/// A row of a circulation map.
struct StoryMapRow {
  std::string library, user_profile, item_type;
  std::int64_t line = 0;
};

/// What the log gave beside user and item; empty where it did not.
struct StoryGiven {
  std::string due, due_from, discharged_on, what, user_access, desk_library, temporary_library;
  std::optional<Cents> amount_cents;
  std::optional<std::int64_t> count;
  bool override_used = false;
  std::string registration;  ///< JSON
};

/// A charge as a load found or left it; without a user: the item was not charged.
struct StoryCharge {
  std::string user_id, library, rule;
  Seconds due_at = k_no_time;
  std::int64_t renewals = 0;
};

/// What a load as a whole made of an item.
struct StoryChange {
  bool moved = false, recharged = false;
  std::string location_before, location_after;
  StoryCharge before, after;
};

struct StoryResult {
  StoryLoad load;
  StoredResult stored;
  std::string log;                     ///< path
  std::string loan_rule, fine_rule;    ///< empty: none
  std::optional<StoryMapRow> map_row;  ///< where loan_rule stood
  Seconds clock_offset = 0;            ///< k_no_time: the log itself says a corrected time
  /// UTC; what --since said to its load or, where it was run again, to one before it; the earliest
  std::optional<Seconds> accepted_since;
  StoryGiven given;
  std::optional<StoryChange> change;  ///< of the last result of a load that took effect on its item
};

/// By occurred_at. Results of loads that were undone are among them.
std::vector<StoryResult> story_of_item(Database& database, const std::string& item_id);
/// `ids` are all by which the user is found. What somebody else's transaction, or none that names a user, did to the
/// user's charges is among them.
std::vector<StoryResult> story_of_user(Database& database, std::span<const std::string> ids);
/// RunError where there is no such load or no such result.
StoryResult story_of_result(Database& database, const ResultName& name);
/// Loads whose transactions say nothing of people any more.
std::int64_t count_pruned_loads(const Database& database);

}  // namespace offcirc
