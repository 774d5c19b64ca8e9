// Makes text safe to show, on a terminal and in HTML: characters that a terminal would obey or that nobody would see
// are shown byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// Small parts of sentences: lists and counts.

/// `a, b and c`. Messages use it for every list of names.
std::string listed(const std::vector<std::string_view>& names);

/// `1 load`, `2 loads`
std::string counted(std::int64_t count, std::string_view what);

// Classifies the characters of a text: those that can be shown, those that a terminal or a printer would obey, and
// those that nobody would see.

/// The first character of a text that is not empty.
struct Character {
  char32_t code_point = 0;  ///< U+FFFD if the text does not begin with a UTF-8 character
  std::size_t bytes = 1;    ///< its length; 1 if the text does not begin with a UTF-8 character
  bool valid = true;
};

/// Decodes strictly: overlong forms, surrogates and anything above U+10FFFF are not valid. \pre `text` is not empty.
Character first_character(std::string_view text);

/// True for a control character (C0, DEL, C1), a line or paragraph separator, or one that changes the writing
/// direction.
bool is_control(char32_t code_point);

/// True for a character that nobody sees, so that two different texts can look the same: one without width, a filler, a
/// tag. This includes characters that join letters or choose their forms, although some scripts need them.
bool is_invisible(char32_t code_point);

/// Returns `text` with some characters shown byte by byte, such as `\x1b` for an escape: those that a terminal or a
/// printer would obey, those that nobody would see, bytes that are not UTF-8, and a no-break space between two digits,
/// as in a damaged ID. Joiners and variation selectors stay after emoji and after letters of scripts that use them.
std::string visible(std::string_view text);

// Text that HTML shows and never interprets.

/// Appends `value` in a form that is safe within an element or a quoted attribute. Escapes `&`, `<`, `>` and both
/// quotes. What visible() changes is shown byte by byte, as in the text report, so the result is valid UTF-8.
void append_html_text(std::string& text, std::string_view value);

/// A name that can be used as an id, as a class and after the `#` of an address. Different values have different names:
/// each byte other than a letter, digit, `-` or `_` becomes `.` and two hex digits.
std::string html_name(std::string_view value);

}  // namespace offcirc
