#include "loader/intake/intake.hpp"

#include <utility>

#include "loader/intake/batch_log.hpp"
#include "loader/intake/open_logs.hpp"

namespace offcirc {

Batch read_batch(const IntakeOptions& options, const Config& config) {
  std::optional<Seconds> at;
  if (options.at) at = utc_of(*options.at, config.policy.zone);
  std::vector<BatchLog> logs;
  for (OpenLog& open : open_logs(options, config)) {
    BatchLog& log = logs.emplace_back();
    log.read = read_log(std::move(open), at);
    log.placed = place_log(log.read, options, config);
  }
  return merge_into_batch(std::move(logs), config.ids.strip);
}

}  // namespace offcirc
