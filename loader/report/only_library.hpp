// The part of a report that a library may see: what its stations recorded, and what concerns its shelves.
#pragma once

#include <string_view>

#include "loader/report/report.hpp"

namespace offcirc {

/// Results keep their numbers. A log that is another library's counts only the records of this one, and leaves out what
/// is noted of it as a whole; the totals are of what is left. `whole` outlives what is returned. A library that the
/// report says nothing of has an empty part.
Report only_library(const Report& whole, std::string_view code);

}  // namespace offcirc
