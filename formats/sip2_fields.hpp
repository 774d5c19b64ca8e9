// The parts of a SIP2 message: its checksum, its dates, and what may be a password and must not be kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

// The checksum of SIP2: AZ and four hexadecimal digits at the end of a message, the number of the attempt (AY) before
// it.

inline constexpr std::size_t k_sip2_checksum_bytes = 6;  // AZEBA0
inline constexpr std::size_t k_sip2_sequence_bytes = 3;  // AY1

/// The digits that are right after bytes that add up to `sum`: all of the message, AZ included, come to a multiple of
/// 65536.
std::string sip2_checksum_of(unsigned sum);

/// The digits of `AY1AZEBA0`, or of `AZEBA0` alone. Empty where `field` is neither.
std::string_view promised_sip2_checksum(std::string_view field);

// A date and time as SIP2 messages have it: 18 characters, with the zone in their midst.

inline constexpr std::size_t k_sip2_date_bytes = 18;

/// `20260612    101231`: civil. With a letter in the last place of the zone (`20260612   Z151231`): absolute; Z is UTC,
/// the others are the zones of navigation, such as Q, 4 hours behind (3M SIP 2.00, transaction date). None where it is
/// blanks or zeros; anything else: unreadable.
Stamp parse_sip2_date(std::string_view text);

/// The same, but a civil midnight is a bare date: the layout has no other way to leave out the time.
Stamp parse_sip2_day(std::string_view text);

// What of a SIP2 message may be a password, and must not be kept: also where damage has hidden that it is one.

/// The bit of the password that a field code stands for: AC, AD or CO. 0: it stands for none.
std::uint8_t sip2_secret_bit(std::string_view code);

/// Where the value of the field `code` (AA, AB or AO) may go on with a password, since the delimiter before that was
/// lost; npos: nowhere. `secrets` are those that the message has as fields of their own. Only for messages that no
/// checksum proves.
std::size_t find_hidden_secret(std::string_view code, std::string_view value, std::uint8_t secrets);

/// A record that can't be read, without anything that may be a password. What follows the code of one is dropped up to
/// a delimiter that is sure, as is what follows a code of which nobody knows whether it is one. Where the delimiter
/// before a password may be lost, all that follows is. `fields_at`: where the fields of its message begin; 0: it has
/// none.
std::string without_sip2_secrets(std::string_view text, std::size_t fields_at);

}  // namespace offcirc
