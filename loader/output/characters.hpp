// Tells characters apart that can be shown, that a terminal would obey, and that nobody would see; and shows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// The small words that sentences are made of: lists and counts.

/// `a, b and c`; every list of names in a message is made so.
std::string listed(const std::vector<std::string_view>& names);

/// `1 load`, `2 loads`
std::string counted(std::int64_t count, std::string_view what);

// Tells the characters of a text apart: those that can be shown, those that a terminal or a printer would obey, and
// those that nobody would see.

/// The first character of a text that is not empty.
struct Character {
  char32_t code_point = 0;  ///< U+FFFD where the first byte begins no UTF-8 character
  std::size_t bytes = 1;    ///< how many it takes; 1 where the first byte begins no UTF-8 character
  bool valid = true;
};

/// \pre `text` is not empty. Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
Character first_character(std::string_view text);

/// A control character (C0, DEL, C1), a line or paragraph separator, or one that turns the direction of writing around.
bool is_control(char32_t code_point);

/// A character that nobody sees, by which two texts can look the same and differ: of no width, a filler, a tag. Those
/// that join or choose the forms of letters too, although some scripts need them.
bool is_invisible(char32_t code_point);

/// `text` with what a terminal or a printer would obey and what nobody would see shown byte by byte: `\x1b` for an
/// escape; so is each byte that is no UTF-8, and a no-break space between two digits, as in a damaged ID. Joiners and
/// variation selectors stay after letters of the scripts that write with them, and after pictures.
std::string visible(std::string_view text);

// Text as HTML shows it and never obeys it.

/// Appends `value` so that it can stand in an element or in an attribute's quotes. Escaped are `&`, `<`, `>` and both
/// quotes; what visible() changes is shown byte by byte, as in the text report, so the result is valid UTF-8.
void append_html_text(std::string& text, std::string_view value);

/// A name that can be an id, a class and the part of an address behind `#`, as different for different values: all
/// but letters, digits, `-` and `_` becomes `.` and two hex digits a byte.
std::string html_name(std::string_view value);

}  // namespace offcirc
