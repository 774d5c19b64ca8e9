// What a batch names, each once: all that must be read from the database before the rules can run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"

namespace offcirc {

struct ReadSet {
  LargeVector<std::string_view> user_ids;  ///< distinct, in order of first use, likewise below
  LargeVector<std::string_view> item_ids;
  std::vector<std::string> folded_last_names;  ///< of registrations, distinct, in bytewise order
  std::vector<std::uint32_t> registered_keys;  ///< indices into user_ids that a registration names, or an edit of one
  std::vector<std::uint32_t> edited_keys;      ///< those that an edit names
  /// What the IDs of collect_read_set() point into, and those of the batch's entries.
  TextMemory text = make_text_memory();
};

/// Index into folded_last_names; none where the name is not among them.
std::optional<std::size_t> find_last_name(const ReadSet& set, const std::string& folded);

/// Takes the IDs of the batch over, and adds what only registrations ask for.
ReadSet collect_read_set(Batch& batch);

}  // namespace offcirc
