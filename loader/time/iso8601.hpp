// Times as offcirc writes and reads them: ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// A charge that is never due. Stored as it is; written `NEVER`.
inline constexpr Seconds k_never = INT64_MAX;
/// No time at all: not known, or not given.
inline constexpr Seconds k_no_time = INT64_MIN;

/// `2026-06-12T10:12:31-05:00`; `NEVER` for k_never; empty for k_no_time.
std::string iso_time(Seconds utc, const Zone& zone);
/// `2026-06-12`
std::string iso_date(Day day);
/// `2026-06-12`, `2026-06-12T10:12`, `2026-06-12 10:12:31`, with `Z`, `-05:00` or nothing behind: date, civil or
/// absolute. `NEVER` in any case is never; fractions of a second are dropped. Nullopt where it is none of these.
std::optional<Stamp> parse_iso(std::string_view text);
/// The instant in UTC that a stamp means in `zone`: a date its midnight, `never` k_never, none and unreadable
/// k_no_time.
Seconds utc_of(Stamp stamp, const Zone& zone);

}  // namespace offcirc
