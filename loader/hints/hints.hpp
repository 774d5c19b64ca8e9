// Hints for staff where a user or an item was not found. They are said, never acted on.
#pragma once

#include <span>

#include "loader/config/config.hpp"
#include "loader/intake/batch.hpp"
#include "loader/rules/result.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// Adds to the messages of user-not-found and item-not-found what the ID looks like, and "Did you mean ...?" where
/// exactly one known ID fits: as people type it (typed_forms); else where it begins with it, or differs from it by one
/// digit or by two neighbours swapped; else where it ends with it. In its place
/// the known ID that a spreadsheet has dropped zeros in front of (neither is looked for where more than 10,000 IDs of a
/// kind are unknown).
void add_hints(const Batch& batch, const Config& config, Store& store, Results& results);

}  // namespace offcirc
