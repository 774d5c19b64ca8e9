// Checks that the rules for several kinds of transactions share. Each adds the outcomes named in its comment.
#pragma once

#include <string_view>

#include "loader/rules/decision.hpp"

namespace offcirc {

/// A scan that repeats an earlier one of the same item within this time is taken for a mistake.
inline constexpr Seconds k_scanned_twice_seconds = 10 * 60;

/// For every transaction: clock-ahead, too-old, clock-jumped, clock-went-backwards, order-assumed, library-not-found,
/// perhaps-loaded-before, library-mismatch.
void check_time_and_library(const RuleInput& c, Findings& findings);
/// For the user that the transaction names: user-not-found, card-inactive, registered-later.
void check_user(const RuleInput& c, Findings& findings);
/// For the item that the transaction names: item-not-found.
void check_item(const RuleInput& c, Findings& findings);
/// For IDs that are known: id-malformed. Comes after the rule of the kind, since it skips a scanned-twice transaction.
void check_ids(const RuleInput& c, Findings& findings);
/// Whether the user may borrow at the time of the transaction: system-user, user-barred, user-blocked, user-delinquent,
/// privilege-expired.
void check_borrower(const RuleInput& c, const User& user, Findings& findings);
/// later-action, if the database shows an action on the item after the transaction, by the server or an earlier load.
void check_later_action(const RuleInput& c, const Item& item, Findings& findings);

/// Returns the outcome for clearing the current location of an item that is not charged; `ok` if there is nothing to
/// clear.
Outcome cleared_status(const Item& item, const RuleBook& book);
/// Adds the outcome from cleared_status(), with the location, unless it is `ok`.
void add_cleared_status(const RuleInput& c, const Item& item, Outcome status, Findings& findings);

/// claims-returned, if the user of the charge had claimed to have returned the item.
void check_claimed(const RuleInput& c, const Item& item, const Charge& charge, Findings& findings);

/// Makes a bill, with bill-created, if `charge` is overdue at `until` and there is a fine.
void bill_overdue(const RuleInput& c, const Charge& charge, Seconds until, Decision& decision);

inline bool is_claimed(const Charge& charge) {
  return charge.claims_returned_at != k_no_time;
}
inline bool is_lost(const Item& item, const RuleBook& book) {
  return book.meaning_of(item.current_location) == LocationMeaning::lost;
}

/// Returns the library's code, for an argument of a sentence; empty if there is no library.
std::string_view library_code(LibraryIndex library, const Policy& policy);

}  // namespace offcirc
