// Reads holds and due charges for the shelf lists, and the facts about an item or a user for 'offcirc explain'.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/replay.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// What the shelf lists need besides the state: holds placed during the outage, and charges that came due in it.

/// An open charge of the database, as it was before the load.
struct StoredDueCharge {
  Row item_row = 0;
  DueCharge charge;
};

/// The user and the item of a hold, as the database has them before the load.
struct HoldNames {
  std::string user_id;
  std::string item_id, title;  ///< the item of an item-level hold, or the copy on the shelf or in transit for the hold
};

/// Waiting holds that were placed since the outage began, for pickup at one of its libraries. Holds that expired before
/// `today` don't count.
std::vector<ShelfHold> find_placed_holds(const Database& database, const OutageSpan& span, Day today);

/// Charges of the outage's libraries that came due between its beginning and `until` (UTC), inclusive. Leaves out those
/// that users claimed to have returned, and those of users with a system profile in `policy`.
std::vector<StoredDueCharge> find_due_charges(const Database& database, const OutageSpan& span, Seconds until,
                                              const Policy& policy);

/// In the order of `holds`; empty texts for a hold that does not exist.
std::vector<HoldNames> find_hold_names(const Database& database, std::span<const Row> holds);

// The present state of an item or a user in words, shown with its history.

/// For example, `Call number` and `PS3545.H16`.
struct Fact {
  std::string name, value;
};

struct SubjectFacts {
  std::string heading;           ///< the item's title or the user's name; may be empty
  std::vector<std::string> ids;  ///< the ID in its row first, then the other IDs that find it
  std::vector<Fact> facts;
};

/// Nullopt if the database has no such item. Times are in `zone`, as in the next function.
std::optional<SubjectFacts> find_item_facts(const Database& database, const std::string& item_id, const Zone& zone);
/// `id` may be a user ID, an alternate or an inactive ID; nullopt if it is none of these.
std::optional<SubjectFacts> find_user_facts(const Database& database, const std::string& id, const Zone& zone);

}  // namespace offcirc
