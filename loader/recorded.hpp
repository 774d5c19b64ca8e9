// Which records of a batch are recorded already, so that nothing is loaded twice.
#pragma once

#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/rules/result.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// What an earlier load that stands has recorded, or an earlier copy of the log in this one.
struct Recorded {
  std::vector<bool> entries;     ///< by Batch::entries
  std::vector<bool> unreadable;  ///< by Batch::unreadable
};

/// Settles the identities of lists first; `as_new`: --as-new.
Recorded find_recorded(Batch& batch, bool as_new, Store& store);

/// By Batch::unreadable.
Results results_of_unreadable(const Batch& batch, const std::vector<bool>& recorded);

}  // namespace offcirc
