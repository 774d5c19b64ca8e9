// What of a SIP2 message may be a password, and must not be kept: also where damage has hidden that it is one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offcirc {

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
