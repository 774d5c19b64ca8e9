// Logs that were saved in UTF-16, as Notepad does under the name "Unicode" and Excel for "Unicode text".
#pragma once

#include <string_view>

#include "loader/intake/log_bytes.hpp"

namespace offcirc {

/// The byte order mark of UTF-16 stands in front.
bool is_utf16(std::string_view bytes);

/// No mark, but every second byte of the beginning is NUL as in no other text.
bool looks_like_utf16(std::string_view bytes);

/// The same text in UTF-8 without a mark. Half a pair, and half a character at the end, become U+FFFD. Empty where
/// memory does not suffice.
/// \pre is_utf16(bytes)
LogBytes utf8_of_utf16(std::string_view bytes);

}  // namespace offcirc
