// Dates and times of the calendar as seconds of a civil clock.
#pragma once

#include <optional>

#include "formats/stamp.hpp"

namespace offcirc {

/// Midnight of that day; nullopt where there is no such day or the year is not in 1..9999.
std::optional<Seconds> civil_day(int year, int month, int day);

/// Seconds since midnight; nullopt where there is no such time.
std::optional<Seconds> time_of_day(int hour, int minute, int second);

/// Midnight of the day that `seconds` of a civil clock are in.
Seconds start_of_day(Seconds seconds);

}  // namespace offcirc
