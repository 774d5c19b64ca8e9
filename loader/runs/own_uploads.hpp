// Recognizes the upload files that offcirc itself wrote, so that nobody loads them as logs.
#pragma once

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/runs/recorded.hpp"

namespace offcirc {

/// An upload file holds what was loaded before, in other words and by a corrected clock, so its records have identities
/// of their own. Marks all records of such files as duplicates, and notes that on each log. A file that 'offcirc send'
/// wrote is recognized by its digest. One that 'offcirc sort --as' wrote is recognized by its records: nearly all of
/// them agree with results of loads that began at `since` (UTC) or later in kind, library, station, user, item, and
/// corrected time, as far as its format says these.
void mark_own_uploads(Batch& batch, Recorded& recorded, Seconds since, Database& database);

}  // namespace offcirc
