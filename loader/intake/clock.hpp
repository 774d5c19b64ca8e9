// Whose clock a record is by, and what that clock should have said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stamp.hpp"
#include "formats/text_arena.hpp"
#include "formats/transaction.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/policy.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// Where a transaction was recorded: whose policy applies, at which station, and whether what the log says of it agrees.

/// What the path of a log says: `<LIBRARY>/standlog.<station>`, or a file called `<LIBRARY>` or `<LIBRARY>.ext`. Only
/// codes, names and aliases of the policy count as libraries (library_names.hpp), regardless of the names of the
/// files in such a folder. An archive is a folder, `OSH.zip` that of OSH; where its name is no library's, the folder in
/// which it lies says.
struct PathFacts {
  std::string folder_library;  ///< code, as are those below
  std::string name_library;    ///< goes before the folder's
  std::string station;         ///< normal form

  [[nodiscard]] std::string_view library() const { return name_library.empty() ? folder_library : name_library; }
};

/// Absolute and without detours, from the current folder where it is relative; `-` stays as it is.
std::string full_path_of(const std::string& path);

/// `full_path` as full_path_of gives it. `-`, nothing, and what is called otherwise says nothing.
PathFacts read_path(const std::string& full_path, const Policy& policy);

/// --library and --station; empty where they are not given.
struct GivenPlace {
  std::string library;
  std::string station;
};

/// What is added to the times of a station.
struct StationClock {
  Seconds offset_seconds = 0;
  bool is_given = false;  ///< by --clock, not by the config
};

/// What holds for all the lines of a log that have the same desk. Text lives in the arena or the log.
struct Whereabouts {
  const Desk* desk = nullptr;         ///< what the lines say
  std::string_view library_code;      ///< whose policy applies; empty: nothing says
  std::string_view station_library;   ///< of the station, whatever was set at the desk for one transaction
  std::string_view logged_library;    ///< of the station without --library, as line or path say
  std::string_view station;           ///< normal form; empty: nothing says
  std::string_view library_mismatch;  ///< the sentence that says what disagrees; empty: nothing does
  LibraryIndex library = k_no_library;
  StationClock clock;
};

/// What lines may mean by the library that they name.
enum class LibraryNames : std::uint8_t {
  of_config,  ///< one of the configuration
  free,       ///< chosen by a vendor: if no library has this name, the path decides where it names one
};

/// Library: --library, else the line's temporary library, else its station's, else the path's. Station: --station, else
/// the line's, else the path's. --library confirms: nothing disagrees with it. Of a row of sorted output the path says
/// nothing, and what disagrees is what sort found. The clock is left to the caller, and the desk has to outlive what is
/// returned. (DOMAIN.md, Who and where)
Whereabouts locate(const Desk& desk, const PathFacts& path, const GivenPlace& given, const Policy& policy,
                   TextArena& arena, LibraryNames names = LibraryNames::of_config);

/// `Recorded under APP, but the folder says OSH and station 0201 is on the roster of OSH.` Empty where nothing
/// disagrees: the library of the station against the path, the rosters, and the library's list of user accesses. An
/// empty roster or list checks nothing.
std::string mismatch_of(std::string_view station_library, std::string_view station, std::string_view user_access,
                        const PathFacts& path, const Policy& policy);

// Corrects what the clocks of stations said: daylight saving, clocks that are off, jump ahead, or step back.
// Functions on arrays: one element a transaction, in the order in which the log has them.

/// A line that is later than its neighbours by more than this is an outlier.
inline constexpr Seconds k_outlier_seconds = 5 * 60;
/// A line that is earlier than its predecessor by up to this is raised to it; by more, a new run begins.
inline constexpr Seconds k_step_back_seconds = 60 * 60;

/// Civil times and bare dates to UTC. In autumn's repeated hour a time means the first, unless that would step back
/// behind its predecessor and the second would not, or by no more than is raised anyway. The first record of a log has
/// no predecessor; `log_begins` are those of the logs that were appended, ascending.
/// \pre Every stamp is of form date, civil or absolute.
LargeVector<Seconds> resolve_times(std::span<const Stamp> recorded, const Zone& zone,
                                   std::span<const std::size_t> log_begins = {});

struct ClockedTimes {
  LargeVector<Seconds> occurred_at;     ///< never descends within a run
  std::vector<bool> jumped;             ///< took its predecessor's time, being an outlier
  std::vector<bool> went_backwards;     ///< raised to its predecessor's time
  std::vector<std::size_t> run_starts;  ///< first element of each run, ascending; empty where there are no times
};

/// The rules within a log (DOMAIN.md, Time); `corrected` are UTC times with the station's offset added. At each of
/// `log_begins`, as for resolve_times(), a new run begins, and no rule looks across it.
ClockedTimes apply_clock_rules(std::span<const Seconds> corrected, std::span<const std::size_t> log_begins = {});

/// What --clock may call the station of a place: `LIBRARY/STATION`, the same by the library that its log says where
/// --library says another, `STATION`. None where the station is not known.
std::vector<std::string> names_of_station(const Whereabouts& place);

/// What to add to the times of a station: what --clock says of the first of its names, else what the config says of its
/// library's station, else 0.
StationClock clock_of_station(const Whereabouts& place, const std::map<std::string, Seconds>& clock_offsets,
                              const Policy& policy);

}  // namespace offcirc
