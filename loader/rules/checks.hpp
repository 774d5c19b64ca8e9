// The checks of the rules that more than one kind of transaction asks for.
#pragma once

#include <string_view>

#include "loader/rules/decision.hpp"

namespace offcirc {

/// The same scan of an item within this time is a second one by mistake.
inline constexpr Seconds k_scanned_twice_seconds = 10 * 60;

/// clock-ahead, too-old, the clock's notes, library-not-found, library-mismatch: asked of every transaction.
void check_time_and_library(const RuleInput& c, Findings& findings);
/// user-not-found, card-inactive, registered-later: asked of the user that the transaction names.
void check_user(const RuleInput& c, Findings& findings);
void check_item(const RuleInput& c, Findings& findings);
/// id-malformed: asked of the IDs that the rules have found known.
void check_ids(const RuleInput& c, Findings& findings);
/// system-user, user-barred, user-blocked, user-delinquent, privilege-expired: whether the user may borrow at t.
void check_borrower(const RuleInput& c, const User& user, Findings& findings);
/// The database shows an action on the item after t that is not of this load.
void check_later_action(const RuleInput& c, const Item& item, Findings& findings);

/// What a shelved item's current location means for the transaction that clears it; `ok` where there is nothing to
/// clear.
Outcome cleared_status(const Item& item, const RuleBook& book);
/// was-missing and so on, with the location.
void add_cleared_status(const RuleInput& c, const Item& item, Outcome status, Findings& findings);

/// claims-returned, where the item's holder had claimed it so.
void check_claimed(const RuleInput& c, const Item& item, const Charge& charge, Findings& findings);

/// Makes the bill for what `charge` is overdue at `until`, if it is anything: bill-created.
void bill_overdue(const RuleInput& c, const Charge& charge, Seconds until, Decision& decision);

inline bool is_claimed(const Charge& charge) {
  return charge.claims_returned_at != k_no_time;
}
inline bool is_lost(const Item& item, const RuleBook& book) {
  return book.meaning_of(item.current_location) == LocationMeaning::lost;
}

/// The library's code, as an argument of a sentence; empty where there is no library.
std::string_view library_code(LibraryIndex library, const Policy& policy);

}  // namespace offcirc
