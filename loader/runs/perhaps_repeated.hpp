// Finds the records of a batch that may repeat another record of it, although nothing proves that they do.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/model/finding.hpp"

namespace offcirc {

struct PerhapsRepeated {
  std::uint32_t entry = 0;  ///< index into Batch::entries
  NewSentence other;        ///< the clause that names the other record, as PerhapsLoaded has it
};

/// Finds the entries that look like others and are told apart only by their neighbors, in the order of the batch.
/// Duplicates and entries of lists are left out. `is_copy` is by Batch::entries.
std::vector<std::uint32_t> entries_in_context(const Batch& batch, const std::vector<bool>& is_copy);

/// Compares the entries in context with each other, and finds the records that repeat an earlier one of their log after
/// a step back of the clock. Leaves out the entries in `told`.
std::vector<PerhapsRepeated> find_perhaps_repeated(const Batch& batch, const std::vector<bool>& is_copy,
                                                   std::unordered_set<std::uint32_t> told = {});

}  // namespace offcirc
