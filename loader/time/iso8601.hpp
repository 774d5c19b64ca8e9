// Times as offcirc writes and reads them, in ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// The due time of a charge that is never due. Stored as it is; written `NEVER`.
inline constexpr Seconds k_never = INT64_MAX;
/// No time: not known, or not given.
inline constexpr Seconds k_no_time = INT64_MIN;

/// `2026-06-12T10:12:31-05:00`; `NEVER` for k_never; empty for k_no_time.
std::string iso_time(Seconds utc, const Zone& zone);
/// `2026-06-12`
std::string iso_date(Day day);
/// Parses `2026-06-12`, `2026-06-12T10:12` or `2026-06-12 10:12:31`, a time followed by `Z`, `-05:00` or nothing: date,
/// civil or absolute. `NEVER`, in upper or lower case, is never; fractions of a second are dropped. nullopt for
/// anything else.
std::optional<Stamp> parse_iso(std::string_view text);
/// The UTC instant that a stamp means in `zone`: midnight for a date, k_never for `never`, k_no_time for none and
/// unreadable.
Seconds utc_of(Stamp stamp, const Zone& zone);

}  // namespace offcirc
