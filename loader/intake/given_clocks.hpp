// Holds --clock against the logs that there are: a correction of a station that sent none would be lost in silence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/intake/batch_log.hpp"
#include "loader/policy/policy.hpp"

namespace offcirc {

/// RunError where one of `clock_offsets` names no station of the logs: which, and which stations there are. Where there
/// is no log there is nothing to correct, and nothing wrong.
void require_stations_of_clocks(const std::map<std::string, Seconds>& clock_offsets, const std::vector<BatchLog>& logs,
                                const Policy& policy);

}  // namespace offcirc
