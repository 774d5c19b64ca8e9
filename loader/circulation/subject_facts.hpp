// What the database says of holds and due charges for the shelf lists, and of an item or user for explain.
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

// Reads from the database what the lists for the shelves need beside the state: holds placed during the outage, and
// charges that came due in it.

/// An open charge of the database, as it was before the load.
struct StoredDueCharge {
  Row item_row = 0;
  DueCharge charge;
};

/// Who and what a hold is about, as the database has it before the load.
struct HoldNames {
  std::string user_id;
  std::string item_id, title;  ///< of the item of an item-level hold, or of the one that stands on the shelf for it
};

/// Holds that wait, placed since the outage began, for pickup at one of its libraries; those past their expiry on
/// `today` don't count.
std::vector<ShelfHold> find_placed_holds(const Database& database, const OutageSpan& span, Day today);

/// Charges of the outage's libraries that came due between its beginning and `until`, both included. Left out are
/// claimed ones, and those of users whom `policy` has as system users.
std::vector<StoredDueCharge> find_due_charges(const Database& database, const OutageSpan& span, Seconds until,
                                              const Policy& policy);

/// By `holds`.
std::vector<HoldNames> find_hold_names(const Database& database, std::span<const Row> holds);

// What the database says now of an item or a user, in words, for whoever asks for its story.

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
