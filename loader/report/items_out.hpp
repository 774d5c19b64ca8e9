// Finds the items that left the building although their checkout was refused: staff have to look for them.
#pragma once

#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

/// Sets ReportResult::item_is_out. `results` are those of a whole load, since an item may come back at another library
/// than it left from.
void mark_items_out(std::vector<ReportResult>& results);

}  // namespace offcirc
