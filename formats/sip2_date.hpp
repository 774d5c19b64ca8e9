// A date and time as SIP2 messages have it: 18 characters, with the zone in their midst.
#pragma once

#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

inline constexpr std::size_t k_sip2_date_bytes = 18;

/// `20260612    101231`: civil. With a letter in the last place of the zone (`20260612   Z151231`): absolute; Z is UTC,
/// the others are the zones of navigation, such as Q, 4 hours behind (3M SIP 2.00, transaction date). None where it is
/// blanks or zeros; anything else: unreadable.
Stamp parse_sip2_date(std::string_view text);

/// The same, but a civil midnight is a bare date: the layout has no other way to leave out the time.
Stamp parse_sip2_day(std::string_view text);

}  // namespace offcirc
