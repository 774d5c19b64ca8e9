#include "loader/intake/place_log.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "formats/registry.hpp"
#include "loader/intake/log_notes.hpp"

namespace offcirc {
namespace {

// One lookup a desk, not a transaction: neighbours mostly share one.
void find_places(PlacedLog& placed, LogStorage& storage, const PathFacts& path, const GivenPlace& given,
                 const std::map<std::string, Seconds>& clock_offsets, const Policy& policy, LibraryNames names) {
  std::unordered_map<const Desk*, std::uint32_t> place_of_desk;
  placed.place_of.reserve(storage.transactions.size());
  const Desk* last = nullptr;
  std::uint32_t place = 0;
  for (const Transaction& transaction : storage.transactions) {
    if (transaction.desk != last) {
      last = transaction.desk;
      const auto next = static_cast<std::uint32_t>(placed.places.size());
      const auto [found, is_new] = place_of_desk.try_emplace(last, next);
      if (is_new) {
        Whereabouts& at = placed.places.emplace_back(locate(*last, path, given, policy, storage.arena, names));
        at.clock = clock_of_station(at, clock_offsets, policy);
      }
      place = found->second;
    }
    placed.place_of.push_back(place);
  }
}

void find_times(PlacedLog& placed, const BlockArray<Transaction>& transactions, bool format_has_no_seconds,
                const Policy& policy) {
  LargeVector<Stamp> stamps;
  stamps.reserve(transactions.size());
  placed.has_no_seconds = format_has_no_seconds;
  for (const Transaction& t : transactions) {
    stamps.push_back(t.recorded.says_when() ? t.recorded : t.occurred);
    const bool is_whole_minute = t.time_is_assumed || stamps.back().seconds() % 60 == 0;
    placed.has_no_seconds = placed.has_no_seconds && is_whole_minute;
  }
  placed.recorded_at = resolve_times(stamps, policy.zone);

  LargeVector<Seconds> corrected;
  corrected.reserve(transactions.size());
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    const Stamp occurred = transactions[i].occurred;
    const bool is_corrected = occurred.is(StampForm::absolute);
    const StationClock& clock = placed.places[placed.place_of[i]].clock;
    corrected.push_back(is_corrected ? occurred.seconds() : placed.recorded_at[i] + clock.offset_seconds);
  }
  placed.times = apply_clock_rules(corrected);
}

// The hour that occurs twice goes by the transaction before, as it does for transactions.
Seconds resolve_time(const Diagnostic& diagnostic, std::size_t place, const PlacedLog& placed, const Zone& zone) {
  const Stamp said = diagnostic.recorded;
  if (!said.is(StampForm::civil) && !said.is(StampForm::date) && !said.is(StampForm::absolute)) return k_no_time;
  if (place == 0) return resolve_times(std::array{said}, zone).back();
  const Stamp previous(StampForm::absolute, placed.recorded_at[place - 1]);
  return resolve_times(std::array{previous, said}, zone).back();
}

// What can't be read may have lost its station: it goes by the log's.
StationClock clock_of_log(const Log& log, const PlacedLog& placed, const Whereabouts& by_path,
                          const std::map<std::string, Seconds>& clock_offsets, const Policy& policy) {
  const auto found = std::find_if(placed.places.begin(), placed.places.end(),
                                  [&](const Whereabouts& place) { return place.station == log.station; });
  return found != placed.places.end() ? found->clock : clock_of_station(by_path, clock_offsets, policy);
}

void find_times_of_unreadable(PlacedLog& placed, const ReadLog& read, const StationClock& clock, const Zone& zone) {
  placed.unreadable.reserve(read.unreadable.size());
  for (std::size_t i = 0; i < read.unreadable.size(); ++i) {
    const Seconds time = resolve_time(read.unreadable[i], read.unreadable_places[i].transactions, placed, zone);
    placed.unreadable.push_back({time, time == k_no_time ? k_no_time : time + clock.offset_seconds});
  }
}

std::string first_known(const std::vector<Whereabouts>& places, std::string_view Whereabouts::*what,
                        std::string_view otherwise) {
  for (const Whereabouts& place : places) {
    if (!(place.*what).empty()) return std::string(place.*what);
  }
  return std::string(otherwise);
}

}  // namespace

PlacedLog place_log(ReadLog& read, const IntakeOptions& options, const Config& config) {
  PlacedLog placed;
  read.log.full_path = full_path_of(read.log.path);
  read.log.given_library = options.library;
  read.log.given_station = options.station;
  const PathFacts path = read_path(read.log.full_path, config.policy);
  const GivenPlace given{options.library, options.station};
  TextArena of_path_only;
  const Desk no_desk;
  const Whereabouts by_path = locate(no_desk, path, given, config.policy, of_path_only);
  if (read.storage != nullptr) {
    const LibraryNames names = library_names_of(read.log.format);
    find_places(placed, *read.storage, path, given, options.clock_offsets, config.policy, names);
    find_times(placed, read.storage->transactions, read.has_no_seconds, config.policy);
    note_assumed_time(read.log, read.assumed_time, config.policy.zone);
    note_clock(read.log, placed, read.storage->transactions, config.policy.zone);
    note_mismatch(read.log, placed);
    if (names == LibraryNames::free) note_unknown_names(read.log, placed, config.policy);
  }
  name_log(read.log, placed, by_path.station_library, by_path.station);
  find_times_of_unreadable(placed, read, clock_of_log(read.log, placed, by_path, options.clock_offsets, config.policy),
                           config.policy.zone);
  return placed;
}

LibraryNames library_names_of(std::string_view format) {
  return names_libraries_freely(format) ? LibraryNames::free : LibraryNames::of_config;
}

void name_log(Log& log, const PlacedLog& placed, std::string_view library_otherwise,
              std::string_view station_otherwise) {
  log.library = first_known(placed.places, &Whereabouts::station_library, library_otherwise);
  log.station = first_known(placed.places, &Whereabouts::station, station_otherwise);
}

}  // namespace offcirc
