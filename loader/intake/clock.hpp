// Finds where a transaction was recorded, and corrects the clock that recorded it.
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

// Where a transaction was recorded: whose policy applies, at which station, and whether the log, the path and the
// configuration agree.

/// What the path of a log says: `<LIBRARY>/standlog.<station>`, or a file called `<LIBRARY>` or `<LIBRARY>.ext`. Only
/// codes, names and aliases of the policy count as libraries. In a library's folder, files may have any name. An
/// archive counts as a folder: `OSH.zip` is the folder of OSH. If the name of an archive is not a library's, the folder
/// that contains it decides.
struct PathFacts {
  std::string folder_library;  ///< code
  std::string name_library;    ///< code; takes precedence over the folder's
  std::string station;         ///< normal form

  [[nodiscard]] std::string_view library() const { return name_library.empty() ? folder_library : name_library; }
};

/// The path made absolute (from the current folder, if it is relative) and normalized; `-` stays as it is.
std::string full_path_of(const std::string& path);

/// `full_path` comes from full_path_of(). `-`, an empty path and other names say nothing.
PathFacts read_path(const std::string& full_path, const Policy& policy);

/// --library and --station; empty if not given.
struct GivenPlace {
  std::string library;
  std::string station;
};

/// The correction that is added to the times of a station.
struct StationClock {
  Seconds offset_seconds = 0;
  bool is_given = false;  ///< by --clock, not by the config
};

/// What holds for all lines of a log that have the same desk. Texts live in the arena or the log.
struct DeskContext {
  const Desk* desk = nullptr;         ///< what the lines say
  std::string_view library_code;      ///< whose policy applies; empty: not known
  std::string_view station_library;   ///< the station's library, regardless of what was set for one transaction
  std::string_view logged_library;    ///< the station's library as line or path say, regardless of --library
  std::string_view station;           ///< normal form; empty: not known
  std::string_view library_mismatch;  ///< a sentence that says what disagrees; empty: nothing does
  LibraryIndex library = k_no_library;
  StationClock clock;
};

/// What the library that a line names may mean.
enum class LibraryNames : std::uint8_t {
  of_config,  ///< a library of the configuration
  free,       ///< chosen by a vendor: if no library has this name, the path decides, if it names one
};

/// The library is that of --library, else the line's temporary library, else its station's, else the path's. The
/// station is that of --station, else the line's, else the path's. --library confirms the library, so nothing disagrees
/// with it. For a row of sorted output the path says nothing, and what disagrees is what sort found. The caller sets
/// the clock. `desk` must outlive the result.
DeskContext locate(const Desk& desk, const PathFacts& path, const GivenPlace& given, const Policy& policy,
                   TextArena& arena, LibraryNames names = LibraryNames::of_config);

/// `Recorded under APP, but the folder says OSH and station 0201 is on the roster of OSH.` Compares the library of the
/// station with the path, the rosters, and the library's list of user accesses; an empty roster or list checks nothing.
/// Empty if nothing disagrees.
std::string mismatch_of(std::string_view station_library, std::string_view station, std::string_view user_access,
                        const PathFacts& path, const Policy& policy);

// Corrects the times that stations recorded: daylight saving, and clocks that are off, jump ahead or step back. The
// functions work on arrays with one element per transaction, in the order of the log.

/// A line that is later than its neighbors by more than this is an outlier.
inline constexpr Seconds k_outlier_seconds = 5 * 60;
/// A line that is earlier than its predecessor by up to this is raised to it. If it is earlier by more, a new run
/// begins.
inline constexpr Seconds k_step_back_seconds = 60 * 60;

/// Converts civil times and bare dates to UTC. In the hour that is repeated in autumn, a time means the first
/// occurrence, unless that would be earlier than the predecessor and the second would not be, or not by more than
/// k_step_back_seconds. The first record of a log has no predecessor. `log_begins` holds the first records of logs that
/// were appended, ascending.
/// \pre Every stamp is of form date, civil or absolute.
LargeVector<Seconds> resolve_times(std::span<const Stamp> recorded, const Zone& zone,
                                   std::span<const std::size_t> log_begins = {});

struct ClockedTimes {
  LargeVector<Seconds> occurred_at;     ///< never descends within a run
  std::vector<bool> jumped;             ///< an outlier, which was given its predecessor's time
  std::vector<bool> went_backwards;     ///< raised to its predecessor's time
  std::vector<std::size_t> run_starts;  ///< first element of each run, ascending; empty if there are no times
};

/// Applies the rules for outliers and for clocks that step back. `corrected` holds UTC times with the station's offset
/// added. At each of `log_begins` (see resolve_times()) a new run begins, and no rule looks across it.
ClockedTimes apply_clock_rules(std::span<const Seconds> corrected, std::span<const std::size_t> log_begins = {});

/// The names that --clock may use for the station of a place, in order of precedence: `LIBRARY/STATION`, the same with
/// the library from the log if --library overrides it, and `STATION`. None if the station is not known.
std::vector<std::string> names_of_station(const DeskContext& place);

/// The correction of a station's clock: what --clock gives for the first of its names that it lists, else what the
/// config gives for that station of its library, else 0.
StationClock clock_of_station(const DeskContext& place, const std::map<std::string, Seconds>& clock_offsets,
                              const Policy& policy);

}  // namespace offcirc
