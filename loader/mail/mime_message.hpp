// Encodes a mail: header, text in one or more forms, and attachments (RFC 5322, RFC 2045 to 2047).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

// Transfer encodings: mail servers reliably accept only short lines of plain ASCII.

/// Encodes as quoted-printable (RFC 2045): lines of at most 76 characters that end in CR LF. Each LF or CR LF in `text`
/// is a line break. Escapes a dot or `From ` at the beginning of a line, which servers would change.
std::string quoted_printable(std::string_view text);

/// Encodes as base64 (RFC 4648), in one line.
std::string base64(std::string_view bytes);
/// The same in lines of at most 76 characters that end in CR LF.
std::string base64_lines(std::string_view bytes);

/// Whether quoted-printable gives no more bytes than base64, apart from line breaks.
bool suits_quoted_printable(std::string_view text);

/// Replaces each LF or CR LF by CR LF.
std::string with_mail_line_ends(std::string_view text);

// Header fields. Each function returns one field, folded at 76 characters and ended by CR LF. First, control characters
// and bytes that are not UTF-8 become visible as `\x0d`, so that no value can add a field of its own. Then text that is
// not printable ASCII is written as encoded words (RFC 2047).

/// A field of free text, such as the subject.
std::string text_header(std::string_view name, std::string_view text);
/// `"Example Library System" <offcirc@example.org>`, or only the address if `display_name` is empty.
std::string sender_header(std::string_view name, std::string_view display_name, std::string_view address);
/// A field of several addresses. \pre is_address() accepts each of them.
std::string addresses_header(std::string_view name, const std::vector<std::string>& addresses);
/// `Date: Fri, 12 Jun 2026 10:12:31 -0500`
std::string date_header(Seconds utc, const Zone& zone);
/// A field whose value is written unchanged, with each parameter, such as `name="value"`, on a line of its own. Not
/// folded. \pre value and parameters are plain ASCII.
std::string plain_header(std::string_view name, std::string_view value,
                         const std::vector<std::string>& parameters = {});

/// The parameter that holds a file name. If `value` has other characters than ASCII letters, digits, `-`, `_` and `.`,
/// returns two: one with `_` in their place, and the extended form of RFC 2231.
std::vector<std::string> file_name_parameters(std::string_view name, std::string_view value);

/// One form of the text, in UTF-8; `subtype` is `plain` or `html`.
struct MailText {
  std::string subtype;
  std::string text;
};

/// An attached file; its bytes arrive unchanged.
struct MailAttachment {
  std::string type;  ///< `text/csv; charset=utf-8`
  std::string file_name;
  std::string bytes;
};

struct MailMessage {
  std::string from_name;        ///< any text; may be empty
  std::string from_address;     ///< accepted by is_address()
  std::vector<std::string> to;  ///< each accepted by is_address()
  std::string subject;          ///< any text
  std::string message_id;       ///< `left@right`, without angle brackets
  Seconds date = 0;             ///< UTC
  std::vector<MailText> texts;  ///< at least one; alternative forms of the same text, the plainest first
  std::vector<MailAttachment> attachments;
};

/// Returns the encoded mail. Lines end in CR LF and have at most 78 characters, unless an attachment's name is very
/// long. The same message always gives the same text. Auto-Submitted marks it as generated, so that no vacation notice
/// answers.
std::string mime_text(const MailMessage& message, const Zone& zone);

}  // namespace offcirc
