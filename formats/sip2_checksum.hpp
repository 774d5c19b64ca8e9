// The checksum of SIP2: AZ and four hexadecimal digits at the end of a message, the number of the attempt (AY) before
// it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace offcirc {

inline constexpr std::size_t k_sip2_checksum_bytes = 6;  // AZEBA0
inline constexpr std::size_t k_sip2_sequence_bytes = 3;  // AY1

/// The digits that are right after bytes that add up to `sum`: all of the message, AZ included, come to a multiple of
/// 65536.
std::string sip2_checksum_of(unsigned sum);

/// The digits of `AY1AZEBA0`, or of `AZEBA0` alone. Empty where `field` is neither.
std::string_view promised_sip2_checksum(std::string_view field);

}  // namespace offcirc
