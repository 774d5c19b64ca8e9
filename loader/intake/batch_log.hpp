// One log on its way into a batch, and the last step of intake: many of them put into one order.
#pragma once

#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/progress.hpp"

namespace offcirc {

/// A log of the batch with all that its entries are made of.
struct BatchLog {
  ReadLog read;
  PlacedLog placed;
};

/// `logs` are in bytewise order of path. `strip` are scanner characters that IDs lose (strip_id).
/// `ordered` counts them.
Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered);

}  // namespace offcirc
