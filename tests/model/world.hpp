// The circulation database and the logs as plain maps and records for the second opinion, so simple that their contents
// are visible at a glance.
#pragma once

#include <climits>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "formats/transaction.hpp"
#include "loader/model/policy.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc::model {

inline constexpr Day k_no_expiry = INT32_MAX;

/// A row of users.csv. `fields` holds the text columns by name: last_name, birth_date, email ...
struct PlainUser {
  std::string profile, library;
  bool barred = false;
  int claims_returned = 0;
  Day expires_on = k_no_expiry;
  std::set<std::string> alternate_ids, inactive_ids;
  std::map<std::string, std::string> fields;

  friend bool operator==(const PlainUser&, const PlainUser&) = default;
};

/// A row of items.csv, and an earlier load's last action on the item (earlier_at is k_no_time if there is none).
struct PlainItem {
  std::string title_id, item_type, library, home_location, current_location;
  Seconds last_action_at = k_no_time;
  Seconds earlier_at = k_no_time;
  Kind earlier_kind = Kind::checkin;
  Cents earlier_bill = 0;  ///< created by that action
  std::string earlier_library = "ASH", earlier_station = "0209";

  friend bool operator==(const PlainItem&, const PlainItem&) = default;
};

/// A row of charges.csv, keyed by item.
struct PlainCharge {
  std::string user_id, library, rule;
  Seconds charged_at = k_no_time;
  Seconds due_at = k_never;
  int renewals = 0;
  Seconds claimed_at = k_no_time;
  bool made_by_this_load = false;

  [[nodiscard]] bool is_claimed() const { return claimed_at != k_no_time; }

  friend bool operator==(const PlainCharge&, const PlainCharge&) = default;
};

/// A row of holds.csv. `item_id` is an item-level hold's item, or the copy that is on the shelf or in transit.
struct PlainHold {
  bool item_level = false;
  std::string title_id, item_id, user_id, pickup_library;
  Seconds placed_at = k_no_time;
  std::string status = "waiting";  ///< waiting, on-shelf, in-transit
  Day expires_on = k_no_expiry;
  std::string routed_copy;  ///< the item that an earlier load told staff to scan again for this hold

  friend bool operator==(const PlainHold&, const PlainHold&) = default;
};

/// A row of bills.csv. Bills that the load creates are named by new_bill_id().
struct PlainBill {
  std::string user_id, item_id, reason, library;
  Cents amount = 0;
  Seconds billed_at = k_no_time;

  friend bool operator==(const PlainBill&, const PlainBill&) = default;
};

/// The ID of the bill created by the transaction at `place`.
inline std::string new_bill_id(std::size_t place) {
  std::string digits = std::to_string(place);
  return "new-" + std::string(6 - digits.size(), '0') + digits;
}

/// The whole database, by ID.
struct World {
  std::map<std::string, PlainUser> users;
  std::map<std::string, PlainItem> items;
  std::map<std::string, PlainCharge> charges;
  std::map<std::string, PlainHold> holds;
  std::map<std::string, PlainBill> bills;
  /// In-house uses by library, civil day, and item type.
  std::map<std::tuple<std::string, Day, std::string>, std::int64_t> uses;
};

/// One transaction as the intake hands it over: clocks corrected, in replay order.
struct PlainTransaction {
  Kind kind = Kind::checkout;
  Seconds recorded_at = 0, occurred_at = 0;  ///< UTC
  std::string library;                       ///< may be unknown, or empty
  std::string station;
  std::string user_id, item_id;
  Stamp due;
  DueFrom due_from = DueFrom::none;
  Stamp discharged_on;
  Cents amount = 0;
  std::uint32_t count = 1;
  std::string item_type;  ///< what was used, for an in-house use without an item
  /// For a registration, by the columns of users.csv; dates as YYYY-MM-DD, or `?` if unreadable.
  std::map<std::string, std::string> fields;
  bool clock_jumped = false, clock_went_backwards = false, library_mismatch = false, already_recorded = false;
  bool order_assumed = false;   ///< assumed to precede another desk's checkout in the same minute
  bool perhaps_loaded = false;  ///< a record with the same content is known from another place
  bool fine_waived = false;     ///< for a check-in
  bool refused_then = false;    ///< the log says that the system refused it, or the desk canceled it
};

}  // namespace offcirc::model
