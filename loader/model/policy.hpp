// What the library system has decided: its libraries, profiles, circulation map and choices.
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

// How many different codes of one kind there may be: they are numbered in 16 bits.

/// Libraries, profiles, item types, locations or circulation rules, each. Leaves room below 65,535, which stands for
/// none, for the codes that the program itself adds.
inline constexpr std::size_t k_max_codes = 65'000;

// How far clocks may differ from the computer's before anybody takes notice.

/// A record that is later than now by more than this was recorded in the future.
inline constexpr Seconds k_clock_tolerance_seconds = 5 * 60;

// What the library system has decided: its libraries, profiles, circulation map and choices. Read from the config, then
// only looked at.

/// Index into Policy::libraries, and so for profiles. Small numbers: a consortium has hundreds.
using LibraryIndex = std::uint16_t;
using ProfileIndex = std::uint16_t;
inline constexpr LibraryIndex k_no_library = std::numeric_limits<LibraryIndex>::max();
inline constexpr ProfileIndex k_no_profile = std::numeric_limits<ProfileIndex>::max();

/// [offline], per library.
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
  std::bitset<k_outcome_count> rejects;  ///< by outcome; only those that config may choose are looked at
  /// Payments that may have been loaded before are rejected, unless the config says `perhaps-loaded-before = "load"`.
  bool rejects_repeated_payments = true;
};

struct Library {
  std::string code;
  std::string name;
  std::vector<std::string> email;
  std::vector<std::string> stations;     ///< the roster, four digits where numbers; empty checks nothing
  std::vector<std::string> user_access;  ///< empty checks nothing
  Calendar calendar;                     ///< closed weekdays and days, the system's included
  OfflineRules offline;
  std::map<std::string, Seconds, std::less<>> clock_offsets = {};  ///< by station; added to what it recorded
  std::vector<std::string> aliases = {};  ///< other systems' names of it: of folders, SIP2's AO, a sheet's cells
};

struct Profile {
  std::string name;
  Cents bill_threshold_cents = 0;  ///< 0 = none, likewise below
  int overdue_threshold = 0;
  int claims_returned_threshold = 0;
  int charge_limit = 0;
  bool system = false;   ///< its users stand for a state of items: DAMAGED, DISCARD
  std::string location;  ///< of a system profile: where its items go
};

/// What the locations mean that items can be at; any other than an item's home is elsewhere.
struct Locations {
  std::vector<std::string> missing, lost, transit, hold_shelf;
  std::vector<std::string> shelf = {};  ///< ordinary shelves, such as DISPLAY: patrons borrow from them as from home
};

struct Policy {
  Zone zone;
  std::vector<Library> libraries;
  std::vector<Profile> profiles;
  CirculationMap circulation_map;
  Locations locations;
  OfflineRules default_offline;  ///< of libraries that the database has and the config has not
  Calendar system_calendar;
  int max_age_days = 7;
  bool loads_fast_clocks = false;  ///< fast_clock = "load"

  [[nodiscard]] LibraryIndex find_library(std::string_view code) const;
  [[nodiscard]] ProfileIndex find_profile(std::string_view name) const;
};

/// `0201` for `201`; what is no number of up to four digits stays as it is. (Station numbers compare as four digits.)
std::string normal_station(std::string_view station);

// Which library a name means that is not the one of the configuration: logs, folders and the systems of vendors call
// libraries by names of their own.

/// By its code, else by its name or one of its aliases, ignoring the case of their letters. A name that several
/// libraries have means none of them.
LibraryIndex find_library_called(std::string_view name, const Policy& policy);

/// Its code; empty where no library is called so.
std::string_view code_of_library_called(std::string_view name, const Policy& policy);

/// In ASCII's small letters, as names are compared.
std::string folded_library_name(std::string_view name);

// Looks a circulation map over for what nobody meant: rows that are never used, and loans that no row is for.

/// Item types that no row of the map fits at a library for the users of a profile: `default_loan` is used for them.
struct MapGap {
  std::string library, user_profile;
  std::vector<std::string> only_for;  ///< the item types that do have a row; all others have none
};

struct MapReview {
  /// For each library and profile of the config, and any item type, a row below them fits first. As in the file.
  std::vector<const CirculationMap::Row*> never_used;
  std::vector<MapGap> gaps;  ///< by library and profile, as the config has them; system profiles need no row
};

/// Points into `policy`.
MapReview review_map(const Policy& policy);

}  // namespace offcirc
