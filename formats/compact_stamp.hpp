// Dates and times written as digits and nothing else, as machines like to write them.
#pragma once

#include <optional>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

/// `20260612`: date; `202606121012`, `20260612101231`: civil; anything else: unreadable.
Stamp parse_compact_stamp(std::string_view digits);

/// `1012`, `101231`: seconds since midnight; nullopt where it is no such time.
std::optional<Seconds> parse_compact_clock(std::string_view digits);

}  // namespace offcirc
