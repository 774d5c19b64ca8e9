// Where a transaction was recorded: whose policy applies, at which station, and whether what the log says of it agrees.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/text_arena.hpp"
#include "formats/transaction.hpp"
#include "loader/policy/policy.hpp"

namespace offcirc {

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

}  // namespace offcirc
