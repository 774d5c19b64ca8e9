// Says of logs whose clock turned out to be ahead which earlier loads have taken records of it, before that could be
// seen.
#pragma once

#include "loader/intake/batch.hpp"
#include "loader/recorded.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// One note on each such log: how many records which loads have loaded with the time that the clock said, and that
/// these loads have to be undone. Records that have another time by now, by --clock, are as they should be.
void note_earlier_by_fast_clock(Batch& batch, const Recorded& recorded, Store& store);

}  // namespace offcirc
