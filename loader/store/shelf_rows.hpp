// Reads from the database what the lists for the shelves need beside the state: holds placed during the outage, and
// charges that came due in it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "loader/policy/policy.hpp"
#include "loader/rules/outage_span.hpp"
#include "loader/rules/shelf_lists.hpp"
#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

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

}  // namespace offcirc
