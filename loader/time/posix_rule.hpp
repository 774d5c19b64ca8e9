// The yearly rule of daylight saving that a zone follows beyond the changes that the tz database lists.
#pragma once

#include <string_view>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

/// The changes of offset that a rule such as `CST6CDT,M3.2.0,M11.1.0` (POSIX.1, TZ) makes after `after` (UTC) and
/// before the end of `last_year`, in order. None where the rule has no daylight saving, or its days are not told by
/// month, week and weekday, as all of the tz database's are.
std::vector<Zone::Period> yearly_changes(std::string_view rule, Seconds after, int last_year);

}  // namespace offcirc
