#include "loader/intake/place_log.hpp"

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

void find_times(PlacedLog& placed, const BlockArray<Transaction>& transactions, const Policy& policy) {
  LargeVector<Stamp> stamps;
  stamps.reserve(transactions.size());
  for (const Transaction& t : transactions) stamps.push_back(t.recorded.says_when() ? t.recorded : t.occurred);
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
    find_times(placed, read.storage->transactions, config.policy);
    note_assumed_time(read.log, read.assumed_time, config.policy.zone);
    note_clock(read.log, placed, read.storage->transactions, config.policy.zone);
    note_mismatch(read.log, placed);
    if (names == LibraryNames::free) note_unknown_names(read.log, placed, config.policy);
  }
  name_log(read.log, placed, by_path.station_library, by_path.station);
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
