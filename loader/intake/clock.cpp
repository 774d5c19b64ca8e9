#include "loader/intake/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "formats/fields.hpp"
#include "loader/intake/packing.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

namespace {

namespace fs = std::filesystem;

// `OSH` for `OSH`, `OSH.log` and `OSH.log.old`; empty if neither the name nor a part of it is a library.
std::string library_of_name(std::string name, const Policy& policy) {
  while (!name.empty()) {
    if (const auto code = code_of_library_called(name, policy); !code.empty()) return std::string(code);
    const std::size_t dot = name.rfind('.');
    name.resize(dot == std::string::npos ? 0 : dot);
  }
  return {};
}

// `OSH` for the folder `OSH`, and for the archives `OSH.zip` and `OSH/upload.zip`.
std::string library_of_folder(const fs::path& folder, const Policy& policy) {
  const std::string name = folder.filename().string();
  if (const auto code = code_of_library_called(name, policy); !code.empty()) return std::string(code);
  if (!is_called_like_archive(name)) return {};
  std::string library = library_of_name(name, policy);
  return library.empty() ? library_of_folder(folder.parent_path(), policy) : library;
}

// `0201` for `standlog.201` and `standlog.0201.old`.
std::string station_of_name(std::string_view name) {
  constexpr std::string_view k_prefix = "standlog.";
  if (!name.starts_with(k_prefix)) return {};
  const std::string_view rest = name.substr(k_prefix.size());
  const std::string_view number = rest.substr(0, rest.find('.'));
  const bool is_number = !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? normal_station(number) : std::string();
}

bool contains(const std::vector<std::string>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Empty if the rosters allow the station to be in that library.
std::string roster_objection(std::string_view library, std::string_view station, const Policy& policy) {
  if (station.empty()) return {};
  const LibraryIndex index = policy.find_library(library);
  const bool has_roster = index != k_no_library && !policy.libraries[index].stations.empty();
  if (has_roster && contains(policy.libraries[index].stations, station)) return {};
  for (const Library& other : policy.libraries) {
    if (contains(other.stations, station))
      return fmt::format("workstation {} is on the roster of {}", station, other.code);
  }
  return has_roster ? fmt::format("workstation {} is not on any library's roster", station) : std::string();
}

std::string access_objection(std::string_view library, std::string_view user_access, const Policy& policy) {
  const LibraryIndex index = policy.find_library(library);
  if (user_access.empty() || index == k_no_library) return {};
  const Library& entry = policy.libraries[index];
  if (entry.user_access.empty() || contains(entry.user_access, user_access)) return {};
  return fmt::format("the user access {} does not belong to {}", user_access, library);
}

// "a", "a and b", "a, b and c"
std::string joined(const std::vector<std::string>& parts) {
  std::string text = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

std::string_view first_given(std::string_view a, std::string_view b) {
  return a.empty() ? b : a;
}

// The code of the library that has that name; a name that no library has stays as it is.
std::string_view code_or_name(std::string_view name, const Policy& policy) {
  return first_given(code_of_library_called(name, policy), name);
}

}  // namespace

std::string full_path_of(const std::string& path) {
  if (path == "-") return path;
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal().string();
}

PathFacts read_path(const std::string& full_path, const Policy& policy) {
  if (full_path.empty() || full_path == "-") return {};
  const fs::path whole = full_path;
  PathFacts facts;
  facts.folder_library = library_of_folder(whole.parent_path(), policy);
  facts.name_library = library_of_name(whole.filename().string(), policy);
  facts.station = station_of_name(whole.filename().string());
  return facts;
}

std::string mismatch_of(std::string_view station_library, std::string_view station, std::string_view user_access,
                        const PathFacts& path, const Policy& policy) {
  if (station_library.empty()) return {};
  std::vector<std::string> objections;
  const auto object = [&](std::string objection) {
    if (!objection.empty()) objections.push_back(std::move(objection));
  };
  const auto differs = [&](const std::string& library) { return !library.empty() && library != station_library; };
  if (differs(path.folder_library)) object(fmt::format("the folder says {}", path.folder_library));
  if (differs(path.name_library)) object(fmt::format("the name of the file says {}", path.name_library));
  object(roster_objection(station_library, station, policy));
  object(access_objection(station_library, user_access, policy));
  return objections.empty() ? std::string()
                            : fmt::format("Recorded under {}, but {}.", station_library, joined(objections));
}

DeskContext locate(const Desk& desk, const PathFacts& of_log, const GivenPlace& given, const Policy& policy,
                   TextArena& arena, LibraryNames names) {
  // The path of sorted output says nothing about the desks that its rows come from.
  const PathFacts path = desk.is_settled ? PathFacts() : of_log;
  DeskContext at;
  at.desk = &desk;
  at.station = arena.keep(normal_station(first_given(given.station, first_given(desk.station, path.station))));
  const bool is_nobodys = names == LibraryNames::free && code_of_library_called(desk.library, policy).empty();
  const std::string_view said = code_or_name(desk.library, policy);
  at.logged_library = arena.keep(is_nobodys ? first_given(path.library(), said) : first_given(said, path.library()));
  at.station_library = given.library.empty() ? at.logged_library : arena.keep(given.library);
  at.library_code = given.library.empty()
                        ? arena.keep(first_given(code_or_name(desk.temporary_library, policy), at.station_library))
                        : at.station_library;
  at.library = policy.find_library(at.library_code);
  if (given.library.empty() && desk.is_settled) {
    at.library_mismatch = desk.library_mismatch;
  } else if (given.library.empty()) {
    at.library_mismatch = arena.keep(mismatch_of(at.station_library, at.station, desk.user_access, path, policy));
  }
  return at;
}

namespace {

Seconds resolve_civil(Seconds civil, bool has_previous, Seconds previous, const Zone& zone) {
  const auto [first, second] = zone.both_utc(civil);
  // If even the second is much earlier, the clock was set or the log continues on another day, so nothing is known.
  const bool second_is_meant = has_previous && first < previous && previous - second <= k_step_back_seconds;
  return second_is_meant ? second : first;
}

/// Walks through a file that holds one or several logs.
class LogWalk {
 public:
  LogWalk(std::span<const std::size_t> log_begins, std::size_t count) : m_begins(log_begins), m_count(count) {}

  /// Whether record `i` is the first of a log. Must be called for each record in order.
  bool begins_at(std::size_t i) {
    const bool begins = !m_begins.empty() && m_begins.front() == i;
    if (begins) m_begins = m_begins.subspan(1);
    return begins || i == 0;
  }
  /// The end of the log that contains the record last passed to begins_at().
  [[nodiscard]] std::size_t end() const { return m_begins.empty() ? m_count : m_begins.front(); }

 private:
  std::span<const std::size_t> m_begins;
  std::size_t m_count;
};

// `times` must end where the log ends.
bool is_outlier(std::span<const Seconds> times, std::size_t i, Seconds previous) {
  if (i + 2 >= times.size()) return false;
  const Seconds limit = times[i] - k_outlier_seconds;
  return limit > previous && limit > times[i + 1] && limit > times[i + 2];
}

}  // namespace

LargeVector<Seconds> resolve_times(std::span<const Stamp> recorded, const Zone& zone,
                                   std::span<const std::size_t> log_begins) {
  LargeVector<Seconds> utc;
  utc.reserve(recorded.size());
  LogWalk walk(log_begins, recorded.size());
  for (const Stamp stamp : recorded) {
    const bool has_previous = !walk.begins_at(utc.size());
    const Seconds previous = has_previous ? utc.back() : 0;
    utc.push_back(stamp.is(StampForm::absolute) ? stamp.seconds()
                                                : resolve_civil(stamp.seconds(), has_previous, previous, zone));
  }
  return utc;
}

ClockedTimes apply_clock_rules(std::span<const Seconds> corrected, std::span<const std::size_t> log_begins) {
  const std::size_t count = corrected.size();
  ClockedTimes clocked{{}, std::vector<bool>(count), std::vector<bool>(count), {}};
  clocked.occurred_at.reserve(count);
  LogWalk walk(log_begins, count);
  for (std::size_t i = 0; i < count; ++i) {
    Seconds time = corrected[i];
    const bool is_first = walk.begins_at(i);
    const Seconds previous = is_first ? time : clocked.occurred_at.back();
    if (!is_first && is_outlier(corrected.first(walk.end()), i, previous)) {
      clocked.jumped[i] = true;
      time = previous;
    } else if (is_first || previous - time > k_step_back_seconds) {
      clocked.run_starts.push_back(i);
    } else if (time < previous) {
      clocked.went_backwards[i] = true;
      time = previous;
    }
    clocked.occurred_at.push_back(time);
  }
  return clocked;
}

std::vector<std::string> names_of_station(const DeskContext& place) {
  if (place.station.empty()) return {};
  std::vector<std::string> names = {fmt::format("{}/{}", place.station_library, place.station)};
  if (place.logged_library != place.station_library)
    names.push_back(fmt::format("{}/{}", place.logged_library, place.station));
  names.emplace_back(place.station);
  return names;
}

StationClock clock_of_station(const DeskContext& place, const std::map<std::string, Seconds>& clock_offsets,
                              const Policy& policy) {
  for (const std::string& name : names_of_station(place)) {
    if (const auto given = clock_offsets.find(name); given != clock_offsets.end()) return {given->second, true};
  }
  const LibraryIndex index = policy.find_library(place.station_library);
  if (index == k_no_library) return {};
  const auto& configured = policy.libraries[index].clock_offsets;
  const auto found = configured.find(place.station);
  return {found == configured.end() ? 0 : found->second, false};
}

}  // namespace offcirc
