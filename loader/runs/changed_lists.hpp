// Lists without times that somebody has changed after they were loaded: corrected, or with a line put in or taken out.
#pragma once

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/runs/recorded.hpp"

namespace offcirc {

// A list is known by its beginning, which has to be all of a list that was loaded (DOMAIN.md, 10). With one barcode
// corrected it is another list: all of its records are new, and what was loaded from the other one is taken once more,
// the checkouts as renewals. Nobody can tell that from two days on which a desk returned the same items, so that it is
// loaded, and said.

/// Notes on each list of which no record is a copy, but that says much of what another list says: one of an earlier
/// load, or one before it in the batch. For all lists whose identities are settled (identify_lists).
void note_changed_lists(Batch& batch, const Recorded& recorded, Database& database);

}  // namespace offcirc
