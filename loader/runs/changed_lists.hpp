// Recognizes lists without times that were changed after they were loaded: corrected, or with a line inserted or
// removed.
//
// A list is recognized by its beginning, which must be the whole of a list that was loaded. With one barcode corrected
// it is another list: all of its records are new, and what was loaded from the old list is loaded again, the checkouts
// as renewals. Nobody can tell that from two days on which a desk returned the same items, so the list is loaded, with
// a note.
#pragma once

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/runs/recorded.hpp"

namespace offcirc {

/// Adds a note to each list that has no duplicates but shares much with another list: one of an earlier load, or an
/// earlier one of the batch. identify_lists() must have settled the identities of all lists.
void note_changed_lists(Batch& batch, const Recorded& recorded, Database& database);

}  // namespace offcirc
