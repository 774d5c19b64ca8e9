// Parses dates and times as people and their spreadsheets write them: `8/6/2021 1:49 PM`, `06.08.2021`.
#pragma once

#include <optional>
#include <string_view>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// Parses `8/6/2021,13:49`, `01/13/2023 5:33 PM` or `12.06.2026 10:12:31` (civil), and `2026/06/12` (date); anything
/// else is unreadable. The year always has four digits; a date that begins with the year is read as year, month, day
/// whatever `order` is.
Stamp parse_written_stamp(std::string_view text, DateOrder order);

/// Parses `13:49`, `1:48`, `10:12:31`, `5:33 PM` or `1348` into seconds since midnight; nullopt if it is not such a
/// time.
std::optional<Seconds> parse_written_clock(std::string_view text);

}  // namespace offcirc
