// The identity of a record as one word, so that sorted output can name the line that each of its rows came from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

/// `1781258400-00c0ffee00c0ffee-0`: seconds, content in 16 hex digits, ordinal (left out where it has none yet).
std::string to_text(const Identity& identity);

/// Nullopt where it is not what to_text() gives.
std::optional<Identity> parse_identity(std::string_view text);

}  // namespace offcirc
