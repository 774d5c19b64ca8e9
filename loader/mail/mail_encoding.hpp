// How text travels in a mail: servers take short lines of plain ASCII only, so everything else is written in such
// lines.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// `text` as quoted-printable (RFC 2045): lines of at most 76 characters that end in CR LF. Each LF or CR LF of `text`
/// is a line break. A dot or `From ` at the beginning of a line is written so that no server on the way changes it.
std::string quoted_printable(std::string_view text);

/// `bytes` as base64 (RFC 4648), in one line.
std::string base64(std::string_view bytes);
/// The same in lines of 76 characters that end in CR LF.
std::string base64_lines(std::string_view bytes);

/// Whether quoted-printable is the shorter of the two.
bool suits_quoted_printable(std::string_view text);

/// With CR LF for each LF and each CR LF.
std::string with_mail_line_ends(std::string_view text);

}  // namespace offcirc
