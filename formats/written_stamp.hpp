// Dates and times as people and their spreadsheets write them: `8/6/2021 1:49 PM`, `06.08.2021`.
#pragma once

#include <optional>
#include <string_view>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// `8/6/2021,13:49`, `01/13/2023 5:33 PM`, `12.06.2026 10:12:31`, `2026/06/12`: civil, or date where there is no time;
/// else unreadable. A year of four digits in front goes before `order`; other years have four digits too.
Stamp parse_written_stamp(std::string_view text, DateOrder order);

/// `13:49`, `1:48`, `10:12:31`, `5:33 PM`, `1348`: seconds since midnight; nullopt where it is no such time.
std::optional<Seconds> parse_written_clock(std::string_view text);

}  // namespace offcirc
