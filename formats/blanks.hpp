// The blanks that people and programs leave around text: no-break spaces from web pages and spreadsheets among them.
#pragma once

#include <string_view>

namespace offcirc {

/// `utf8` without blanks, tabs and no-break spaces (U+00A0, U+2007, U+202F) at both ends. Only for decoded text: in
/// other encodings the same bytes may be part of a character.
std::string_view trimmed_text(std::string_view utf8);

}  // namespace offcirc
