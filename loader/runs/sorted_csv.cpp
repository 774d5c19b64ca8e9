#include "loader/runs/sorted_csv.hpp"

#include <string>

#include "formats/csv_columns.hpp"
#include "formats/record_identity.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

void append_row(std::string& csv, const Entry& entry, const DeskContext& place, const Zone& zone) {
  const std::string occurred_at = iso_time(entry.occurred_at, zone);
  const std::string recorded_at = iso_time(entry.recorded_at, zone);
  const std::string origin = to_text(entry.identity);
  const bool is_temporary = place.library_code != place.station_library;
  Transaction transaction = *entry.transaction;
  transaction.clock_jumped = entry.clock_jumped;
  transaction.clock_went_backwards = entry.clock_went_backwards;
  append_csv_log_row(csv, transaction,
                     {.occurred_at = occurred_at,
                      .recorded_at = recorded_at,
                      .library = place.station_library,
                      .station = place.station,
                      .origin = origin,
                      .temporary_library = is_temporary ? place.library_code : std::string_view(),
                      .library_mismatch = place.library_mismatch});
}

}  // namespace

std::vector<DeskContext> places_of(const Batch& batch, const Policy& policy, TextArena& arena) {
  std::vector<DeskContext> places;
  for (const BatchDesk& desk : batch.desks) {
    const Log& log = batch.logs[desk.log];
    places.push_back(
        locate(desk.desk, read_path(log.full_path, policy), {log.given_library, log.given_station}, policy, arena));
  }
  return places;
}

void write_sorted_csv(const Batch& batch, const Policy& policy, const Sink& sink) {
  TextArena arena;
  const std::vector<DeskContext> places = places_of(batch, policy, arena);
  std::string csv;
  append_csv_log_header(csv);
  sink(csv);
  for (const Entry& entry : batch.entries) {
    if (entry.kind == Kind::unsupported) continue;
    csv.clear();
    append_row(csv, entry, places[entry.desk], policy.zone);
    sink(csv);
  }
}

}  // namespace offcirc
