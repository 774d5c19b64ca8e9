// The policy of the library system: its libraries, profiles, circulation map and settings.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/model/calendar.hpp"
#include "loader/model/circulation_map.hpp"
#include "loader/model/outcome.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// The most libraries, profiles, item types, locations or circulation rules, each. They are numbered in 16 bits, and
/// 65,535 means none; the gap in between leaves room for the codes that the program itself adds.
inline constexpr std::size_t k_max_codes = 65'000;

/// A record counts as recorded in the future if it is later than now by more than this.
inline constexpr Seconds k_clock_tolerance_seconds = 5 * 60;

/// Indices into Policy::libraries and Policy::profiles. 16 bits are enough: a consortium has hundreds.
using LibraryIndex = std::uint16_t;
using ProfileIndex = std::uint16_t;
inline constexpr LibraryIndex k_no_library = std::numeric_limits<LibraryIndex>::max();
inline constexpr ProfileIndex k_no_profile = std::numeric_limits<ProfileIndex>::max();

/// The [offline] settings of one library.
struct OfflineRules {
  bool checkins = true;
  bool renewals = true;
  bool registrations = true;
  bool trap_holds = false;  ///< holds = "trap"
  int max_renewals = 2;
  CirculationRule default_loan;
  bool fines_on_closed_days = true;
  bool cap_due_at_expiry = false;
  std::vector<std::string> required;     ///< fields of a registration, by their names in users.csv
  std::bitset<k_outcome_count> rejects;  ///< by outcome; used only if the config may choose
  /// Payments that may have been loaded before are rejected, unless the config says `perhaps-loaded-before = "load"`.
  bool rejects_repeated_payments = true;
};

struct Library {
  std::string code;
  std::string name;
  std::vector<std::string> email;
  std::vector<std::string> stations;     ///< the roster, numbers with four digits; empty: no check
  std::vector<std::string> user_access;  ///< empty: no check
  Calendar calendar;                     ///< closed weekdays and days, including the system's
  OfflineRules offline;
  std::map<std::string, Seconds, std::less<>> clock_offsets = {};  ///< by station; added to recorded times
  std::vector<std::string> aliases = {};  ///< other names of it, in folders, SIP2 (AO) or spreadsheets
};

struct Profile {
  std::string name;
  Cents bill_threshold_cents = 0;     ///< 0 = none
  int overdue_threshold = 0;          ///< 0 = none
  int claims_returned_threshold = 0;  ///< 0 = none
  int charge_limit = 0;               ///< 0 = none
  bool system = false;                ///< its users represent a state of items: DAMAGED, DISCARD
  std::string location;               ///< for a system profile: where its items go
};

/// The locations with a special meaning. Any other location counts as elsewhere, except the item's home.
struct Locations {
  std::vector<std::string> missing, lost, transit, hold_shelf;
  std::vector<std::string> shelf = {};  ///< such as DISPLAY: patrons borrow from there as from home
};

struct Policy {
  Zone zone;
  std::vector<Library> libraries;
  std::vector<Profile> profiles;
  CirculationMap circulation_map;
  Locations locations;
  OfflineRules default_offline;  ///< for libraries that are only in the database
  Calendar system_calendar;
  int max_age_days = 7;
  bool loads_fast_clocks = false;  ///< fast_clock = "load"

  [[nodiscard]] LibraryIndex find_library(std::string_view code) const;
  [[nodiscard]] ProfileIndex find_profile(std::string_view name) const;
};

/// Pads a number to four digits, as station numbers are compared: `0201` for `201`. Returns anything else unchanged.
std::string normal_station(std::string_view station);

// Finds libraries by other names than their codes: logs, folders and vendors' systems have names of their own.

/// Finds a library by its exact code, or else by its code, name or an alias, ignoring the case of ASCII letters.
/// Returns k_no_library if several libraries match.
LibraryIndex find_library_called(std::string_view name, const Policy& policy);

/// Returns the code of that library; empty if there is none.
std::string_view code_of_library_called(std::string_view name, const Policy& policy);

/// Returns the name with its ASCII letters in lower case, as names are compared.
std::string folded_library_name(std::string_view name);

// Checks a circulation map for likely mistakes: rows that are never used, and loans that no row fits.

/// A library and profile for which some item types fit no row of the map, so that `default_loan` applies to them.
struct MapGap {
  std::string library, user_profile;
  std::vector<std::string> only_for;  ///< the item types that do fit a row
};

struct MapReview {
  /// For every library, profile and item type, a row below fits first. In file order.
  std::vector<const CirculationMap::Row*> never_used;
  std::vector<MapGap> gaps;  ///< in config order of libraries and profiles; system profiles need no row
};

/// The result points into `policy`.
MapReview review_map(const Policy& policy);

}  // namespace offcirc
