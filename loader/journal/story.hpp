// The history of one item, one user or one result: every transaction about it, from every load in the journal, in
// order.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/journal/read_load.hpp"

namespace offcirc {

/// The load that a result belongs to.
struct StoryLoad {
  std::int64_t load = 0;
  Seconds started_at = 0;  ///< UTC
  std::string operator_name, command, program_version;
  Seconds undone_at = k_no_time;  ///< k_no_time: it stands
  std::string undone_by;
  bool undone_in_part = false;
  Seconds pruned_at = k_no_time;  ///< k_no_time: it was not pruned
};

/// A row of a circulation map.
struct StoryMapRow {
  std::string library, user_profile, item_type;
  std::int64_t line = 0;
};

/// What the log gives besides user and item; empty if it does not.
struct StoryGiven {
  std::string due, due_from, discharged_on, what, user_access, desk_library, temporary_library;
  std::optional<Cents> amount_cents;
  std::optional<std::int64_t> count;
  bool override_used = false;
  std::string registration;  ///< JSON
};

/// A charge as a load found or left it. Without a user, the item was not checked out.
struct StoryCharge {
  std::string user_id, library, rule;
  Seconds due_at = k_no_time;
  std::int64_t renewals = 0;
};

/// What a load as a whole changed about an item: its location (`moved`), its charge (`recharged`), or both.
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
  std::optional<StoryMapRow> map_row;  ///< where loan_rule was found; none: the default loan, or no loan
  Seconds clock_offset = 0;            ///< k_no_time: the log itself gives a corrected time
  /// UTC; the earliest --since of its load and, if it is a retry, of the loads of prior attempts.
  std::optional<Seconds> accepted_since;
  StoryGiven given;
  std::optional<StoryChange> change;  ///< only with the load's last result that took effect on its item
};

/// In order of occurred_at. Includes results of loads that were undone.
std::vector<StoryResult> story_of_item(Database& database, const std::string& item_id);
/// `ids` are all IDs that find the user. Includes transactions that ended or renewed a charge of the user but name
/// another user or none.
std::vector<StoryResult> story_of_user(Database& database, std::span<const std::string> ids);
/// RunError if there is no such load or no such result.
StoryResult story_of_result(Database& database, const ResultName& name);
/// How many loads were pruned, so that their transactions no longer name people.
std::int64_t count_pruned_loads(const Database& database);

}  // namespace offcirc
