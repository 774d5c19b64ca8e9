// The part of the circulation database that a load touches, in memory: what the rules look at and what they change.
// Everything is an array slot; lists are linked by slot. No rule asks for a barcode.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/memory/pages.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/circulation_map.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

using Slot = std::uint32_t;  ///< index into one of State's arrays; k_none = none
using Row = std::int64_t;    ///< the database's surrogate; 0 = not in the database yet

/// What a registration is compared with: text as users.csv has it.
struct UserDetails {
  std::string last_name, first_name, middle_name, alternate_name, birth_date, email, phone, language, address,
      categories, department, expires_on;
};

struct User {
  Row row = 0;
  std::string_view id;
  ProfileIndex profile = k_no_profile;
  LibraryIndex library = k_no_library;
  bool barred = false;
  int claims_returned = 0;
  Day expires_on = INT32_MAX;  ///< valid through this day; INT32_MAX = does not expire
  Slot first_charge = k_none;  ///< list through Charge::next_of_user, of what the user has now
  Slot first_bill = k_none;    ///< list through Bill::next_of_user, oldest first, those of this load last
  Slot last_bill = k_none;     ///< a bill of that list from which its end is not far; k_none: not known
  Slot details = k_none;       ///< index into State::details: of users whom a registration names or may duplicate
  std::uint32_t registered_by = k_none;     ///< index of the entry that registers this user in this load
  bool registered_by_earlier_load = false;  ///< of users whom a registration names; that load was not undone
  bool edited = false;                      ///< this load has changed details, profile, library or expires_on
};

/// Instead of an item in Hold::routed_item: a copy that this load does not name, checked in by an earlier load.
inline constexpr Slot k_another_copy = k_none - 1;

enum class HoldStatus : std::uint8_t { waiting, on_shelf, in_transit, filled };

struct Hold {
  Row row = 0;
  std::string_view hold_id;
  Row user_row = 0;
  Row item_row = 0;  ///< of an item-level hold, or the copy that is on the shelf or in transit for it; 0 = none
  LibraryIndex pickup_library = k_no_library;
  bool item_level = false;
  HoldStatus status = HoldStatus::waiting;
  Seconds placed_at = k_no_time;
  Day expires_on = INT32_MAX;             ///< does not count after this day
  Slot next = k_none;                     ///< of the title's or the item's list, by placed_at, then hold_id
  Slot routed_item = k_none;              ///< the copy that a check-in found it for, or k_another_copy; not stored
  bool changed = false;                   ///< status or item_row is to be written
  std::uint32_t changed_by = k_none;      ///< the last entry of this load that changed it
  std::uint32_t user_served_by = k_none;  ///< the entry of this load that gave its user another item of the title
};

struct Title {
  Row row = 0;
  Slot first_hold = k_none;  ///< title-level holds
};

/// What an earlier load did last to an item, from the journal.
struct EarlierAction {
  Seconds occurred_at = k_no_time;
  Kind kind = Kind::checkout;
  std::string_view library, station;
  Cents bill_cents = 0;  ///< of the bill that it made
};

/// A renewal by this load.
struct Renewal {
  Seconds at = k_no_time;
  Cents bill_cents = 0;   ///< of the bill that it made
  Slot earlier = k_none;  ///< the renewal of the same charge before it
};

struct Item {
  Row row = 0;
  std::string_view id;  ///< the read set's text
  std::string_view title;
  Slot title_slot = k_none;  ///< k_none where the item has no title_id
  Slot first_hold = k_none;  ///< item-level holds
  Slot charge = k_none;      ///< the open one
  LibraryIndex library = k_no_library;
  CodeIndex item_type = k_no_code;
  CodeIndex home_location = k_no_code;
  CodeIndex current_location = k_no_code;
  Slot last_action = k_none;           ///< index into State::last_actions; as imported: by the server, not by a load
  Seconds last_action_at = k_no_time;  ///< of the same
  Slot earlier_action = k_none;        ///< index into State::earlier_actions; k_none: no load did anything to it
  std::uint32_t last_entry = k_none;   ///< the last entry of this load that took effect on it
  Seconds checked_in_at = k_no_time;   ///< the last check-in of this load, while nothing else has happened to it
  Seconds last_entry_at = k_no_time;   ///< when it happened
  bool location_changed = false;
};

/// An open loan record; one that this load closed stays in its slot with open = false, one of its own until the slot is
/// needed.
struct Charge {
  Row item_row = 0;
  Slot item = k_none;  ///< k_none: an item that no transaction of the load names (it counts for its user's status)
  Slot user = k_none;
  LibraryIndex library = k_no_library;  ///< of the checkout
  CodeIndex rule = k_no_code;           ///< the checkout library's, kept for the fine
  int renewals = 0;
  Seconds charged_at = k_no_time;
  Seconds due_at = k_never;
  Seconds renewed_at = k_no_time;  ///< by this load
  Seconds claims_returned_at = k_no_time;
  Slot next_of_user = k_none, previous_of_user = k_none;
  Slot last_renewal = k_none;  ///< index into State::renewals
  bool renewed_by_checkout = false;
  bool open = true;
  bool in_database = true;  ///< false: made by this load
  bool changed = false;
};

struct Bill {
  Row row = 0;
  std::string_view bill_id;  ///< empty where this load makes it: the store derives it from made_by's identity
  Slot user = k_none;
  Row item_row = 0;
  Cents amount_cents = 0;  ///< still owed; negative = a credit; 0 = paid
  std::string_view reason;
  LibraryIndex library = k_no_library;
  Seconds billed_at = k_no_time;
  std::uint32_t made_by = k_none;  ///< entry of this load
  Slot next_of_user = k_none;
  bool changed = false;
};

/// In-house uses and non-catalogued items to add to the counts of a library's day. `item_type` may be empty.
struct UseCount {
  LibraryIndex library = k_no_library;
  Day day = 0;
  std::string item_type;
  std::int64_t count = 0;
};

enum class FoundBy : std::uint8_t { nothing, id, alternate_id, inactive_id };

struct UserRef {
  Slot slot = k_none;
  FoundBy by = FoundBy::nothing;
};

struct State {
  LargeVector<User> users;
  LargeVector<Item> items;
  LargeVector<Title> titles;
  LargeVector<EarlierAction> earlier_actions;
  LargeVector<Charge> charges;
  std::vector<Renewal> renewals;
  std::vector<Slot> free_charges;  ///< made by this load and closed again: nobody asks for them any more
  LargeVector<Hold> holds;
  LargeVector<Bill> bills;
  std::vector<UserDetails> details;
  std::vector<UseCount> uses;

  LargeVector<UserRef> user_of_key;  ///< by index into ReadSet::user_ids
  LargeVector<Slot> item_of_key;     ///< by index into ReadSet::item_ids; k_none = no such item
  /// By index into ReadSet::folded_last_names: the users of that name (they have details).
  std::vector<std::vector<Slot>> namesakes;

  std::vector<std::string_view> last_actions;  ///< the server's words for them
  std::vector<std::string> item_types;
  std::vector<std::string> locations;
  std::vector<CirculationRule> rules;  ///< that charges are under; an unreadable one has rate 0

  /// What the string_views above point into.
  TextMemory text = make_text_memory();

  std::string_view keep(std::string_view value);
  /// One without a time where no earlier load did anything to the item.
  [[nodiscard]] const EarlierAction& earlier_action(const Item& item) const;
  void set_earlier_action(Item& item, const EarlierAction& action);
  /// Puts the charge at the head of its user's list.
  void link_to_user(Slot charge);
  /// Takes it out of the list.
  void unlink_from_user(Slot charge);
  /// Puts the bill at the end of its user's list.
  void append_to_user(Slot bill);
  /// The index of the server's word, which may be empty.
  Slot last_action(std::string_view word);
  /// The index of `code`, added where it is new.
  CodeIndex location(std::string_view code);
  CodeIndex rule(const CirculationRule& rule);
};

}  // namespace offcirc
