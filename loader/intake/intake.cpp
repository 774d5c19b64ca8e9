#include "loader/intake/intake.hpp"

#include <algorithm>
#include <utility>

#include "loader/intake/fast_clock.hpp"
#include "loader/intake/identity.hpp"
#include "loader/intake/open_logs.hpp"
#include "loader/intake/place_log.hpp"

namespace offcirc {
namespace {

std::uint64_t lines_of(const std::vector<OpenLog>& logs) {
  std::uint64_t lines = 0;
  for (const OpenLog& log : logs) {
    if (log.parser == nullptr) continue;
    const std::string_view text = log.storage->bytes.view();
    lines += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }
  return lines;
}

// Finds the station clocks of a log that were ahead of `now`, and notes them on the log.
void compare_clocks(BatchLog& log, const std::optional<Seconds>& now, const Policy& policy) {
  if (!now) return;
  const std::vector<FastClock> fast = find_fast_clocks(log.read, log.placed, *now, policy.loads_fast_clocks);
  note_fast_clocks(log.read.log, log.placed, fast, policy.loads_fast_clocks);
}

}  // namespace

Batch read_batch(const IntakeOptions& options, const Config& config, Progress& progress) {
  LineCount count(progress);
  std::optional<Seconds> at;
  if (options.at) at = utc_of(*options.at, config.policy.zone);
  std::vector<BatchLog> logs;
  std::uint64_t records_left = k_max_load_records;
  // Unpacking can take as long as reading, so the stage begins before the number of lines is known.
  count.begin(Stage::reading, 0);
  OpenLogs opened = open_logs(options, config);
  if (progress.is_shown()) count.begin(Stage::reading, lines_of(opened.logs));
  for (OpenLog& open : opened.logs) {
    BatchLog& log = logs.emplace_back();
    log.read = read_log(std::move(open), at, count, records_left);
    if (log.read.storage != nullptr) records_left -= log.read.storage->transactions.size() + log.read.unreadable.size();
    log.placed = place_log(log.read, options, config);
    compare_clocks(log, options.now, config.policy);
    identify_records(log.read, log.placed, {config.ids.strip, config.policy.zone});
  }
  require_stations_of_clocks(options.clock_offsets, logs, config.policy);
  Batch batch = merge_into_batch(std::move(logs), config.ids.strip, count);
  batch.files = std::move(opened.files);
  return batch;
}

}  // namespace offcirc
