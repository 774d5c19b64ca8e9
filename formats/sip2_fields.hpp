// The parts of a SIP2 message: its checksum, its dates, and possible passwords, which must not be kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

// The SIP2 checksum: AZ and four hexadecimal digits at the end of a message, usually after the sequence number (AY).

inline constexpr std::size_t k_sip2_checksum_bytes = 6;  // AZEBA0
inline constexpr std::size_t k_sip2_sequence_bytes = 3;  // AY1

/// The correct digits for bytes that add up to `sum`, AZ included. The checksum makes the total a multiple of 65536.
std::string sip2_checksum_of(unsigned sum);

/// The four digits of `AY1AZEBA0` or of `AZEBA0`; empty if `field` is neither.
std::string_view promised_sip2_checksum(std::string_view field);

// SIP2 dates and times: 18 characters, with the time zone in the middle.

inline constexpr std::size_t k_sip2_date_bytes = 18;

/// Parses `20260612    101231` (civil), or `20260612   Z151231` (absolute), whose zone ends in a letter: Z for UTC,
/// others for the nautical time zones, such as Q, 4 hours behind UTC (3M SIP 2.00, transaction date). Spaces or zeros
/// only are none; anything else is unreadable.
Stamp parse_sip2_date(std::string_view text);

/// The same, except that a civil midnight becomes a date: the layout has no other way to leave out the time.
Stamp parse_sip2_day(std::string_view text);

// Finds what may be a password, and so must not be kept, even if damage has hidden it.

/// The bit for the password field with that code (AC, AD or CO); 0 if it is not one.
std::uint8_t sip2_secret_bit(std::string_view code);

/// Returns the offset in the value of the field `code` (AA, AB or AO) at which a password may begin because its
/// delimiter was lost; npos if there is none. `secrets` are the bits of the password fields that the message has
/// intact. Only for messages that no checksum proves.
std::size_t find_hidden_secret(std::string_view code, std::string_view value, std::uint8_t secrets);

/// Returns an unreadable record without possible passwords. What follows the code of a password, or a code that may be
/// a damaged one, is dropped up to a delimiter that is certain. If the delimiter before a password may be lost,
/// everything after it is dropped. `fields_at`: offset of the fields of its message; 0 if it has no message.
std::string without_sip2_secrets(std::string_view text, std::size_t fields_at);

}  // namespace offcirc
