// Dates and times in the ISO 8601 form, as CSV files have them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

/// `2026-06-12`, `2026-06-12T10:12`, `2026-06-12 10:12:31.5`, behind a time `Z`, `-05:00`, `-0500`, `-05` or nothing:
/// date, civil or absolute. `NEVER` in any case is never; fractions of a second are dropped. Nullopt where it is none
/// of these.
std::optional<Stamp> parse_iso_stamp(std::string_view text);

/// What parse_iso_stamp() reads back as the same: `2026-06-12`, `2026-06-12T10:12:31`, with `Z` behind an absolute one,
/// or `NEVER`. Empty for none, `unreadable` for what is unreadable.
std::string iso_stamp_text(Stamp stamp);

}  // namespace offcirc
