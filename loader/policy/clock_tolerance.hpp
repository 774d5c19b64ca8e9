// How far clocks may differ from the computer's before anybody takes notice.
#pragma once

#include "formats/stamp.hpp"

namespace offcirc {

/// A record that is later than now by more than this was recorded in the future.
inline constexpr Seconds k_clock_tolerance_seconds = 5 * 60;

}  // namespace offcirc
