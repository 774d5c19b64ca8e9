// Text as HTML shows it and never obeys it.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// Appends `value` so that it can stand in an element or in an attribute's quotes. Escaped are `&`, `<`, `>` and both
/// quotes; what visible() changes is shown byte by byte, as in the text report, so the result is valid UTF-8.
void append_html_text(std::string& text, std::string_view value);

/// A name that can be an id, a class and the part of an address behind `#`, as different for different values: all
/// but letters, digits, `-` and `_` becomes `.` and two hex digits a byte.
std::string html_name(std::string_view value);

}  // namespace offcirc
