// Finds what needs attention in the state of all loads.
#pragma once

#include <optional>

#include "loader/runs/status.hpp"

namespace offcirc {

/// Adds a Problem to `status` for each thing that needs attention. A last load older than `max_age_hours` is one;
/// nullopt: it may be of any age. Times are local to `zone`.
void find_problems(Status& status, std::optional<int> max_age_hours, const Zone& zone);

}  // namespace offcirc
