#include "loader/report/station_clocks.hpp"

namespace offcirc {
void add_clock(StationClocks& clocks, const ReportResult& result) {
  if (result.disposition == Disposition::already_loaded) return;
  const bool ahead = has_found(result, Outcome::clock_ahead);
  const bool jumped = has_found(result, Outcome::clock_jumped);
  const bool went_backwards = has_found(result, Outcome::clock_went_backwards);
  const bool moved = result.recorded_at != result.occurred_at;
  if (!ahead && !jumped && !went_backwards && !moved) return;
  StationClock& clock = clocks[result.station];
  clock.ahead += ahead ? 1 : 0;
  clock.jumped += jumped ? 1 : 0;
  clock.went_backwards += went_backwards ? 1 : 0;
  // Of a record that was raised to its predecessor, the difference says nothing about the clock.
  if (moved && !jumped && !went_backwards) clock.correction_seconds = result.occurred_at - result.recorded_at;
}

}  // namespace offcirc
