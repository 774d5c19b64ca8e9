// Checks that the rules of several kinds of transactions share.
#pragma once

#include <string_view>

#include "loader/rules/decision.hpp"

namespace offcirc {

/// The same scan of an item within this time counts as an accidental double scan.
inline constexpr Seconds k_scanned_twice_seconds = 10 * 60;

/// Finds clock-ahead, too-old, the notes about clocks, library-not-found and library-mismatch, for every transaction.
void check_time_and_library(const RuleInput& c, Findings& findings);
/// Finds user-not-found, card-inactive and registered-later, for the user that the transaction names.
void check_user(const RuleInput& c, Findings& findings);
void check_item(const RuleInput& c, Findings& findings);
/// Finds id-malformed, for IDs that are known.
void check_ids(const RuleInput& c, Findings& findings);
/// Finds system-user, user-barred, user-blocked, user-delinquent and privilege-expired: whether the user may borrow at
/// t.
void check_borrower(const RuleInput& c, const User& user, Findings& findings);
/// Finds later-action: the database has an action on the item after t that is not part of this load.
void check_later_action(const RuleInput& c, const Item& item, Findings& findings);

/// Returns the outcome for the transaction that clears the item's current location, such as was-missing; `ok` if there
/// is nothing to clear.
Outcome cleared_status(const Item& item, const RuleBook& book);
/// Adds that outcome, with the location.
void add_cleared_status(const RuleInput& c, const Item& item, Outcome status, Findings& findings);

/// Finds claims-returned, if the item's holder had claimed that it was returned.
void check_claimed(const RuleInput& c, const Item& item, const Charge& charge, Findings& findings);

/// Bills the fine of `charge` at `until`, if there is one: bill-created.
void bill_overdue(const RuleInput& c, const Charge& charge, Seconds until, Decision& decision);

inline bool is_claimed(const Charge& charge) {
  return charge.claims_returned_at != k_no_time;
}
inline bool is_lost(const Item& item, const RuleBook& book) {
  return book.meaning_of(item.current_location) == LocationMeaning::lost;
}

/// The library's code, as an argument of a sentence; empty if there is no library.
std::string_view library_code(LibraryIndex library, const Policy& policy);

}  // namespace offcirc
