// What a batch names, each once: all that must be read from the database before the rules can run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"

namespace offcirc {

struct ReadSet {
  std::vector<std::string_view> user_ids;  ///< distinct, in order of first use, likewise below
  std::vector<std::string_view> item_ids;
  std::vector<std::string> folded_last_names;  ///< of registrations
  std::vector<std::uint32_t> registered_keys;  ///< indices into user_ids that a registration names
};

/// Numbers the IDs of the batch: sets user_key and item_key of its entries.
ReadSet collect_read_set(Batch& batch);

}  // namespace offcirc
