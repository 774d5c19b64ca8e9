// A mail as it travels: head, text in one or more forms, and attached files (RFC 5322, RFC 2045 to 2047).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

// How text travels in a mail: servers take short lines of plain ASCII only, so everything else is written in such
// lines.

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

// The head of a mail: from, to, subject and date, written so that no name in them can add a line of its own.

// Each is one line of the head with its name, folded at 76 characters, CR LF behind it. What is no printable ASCII is
// written as encoded words (RFC 2047); control characters and bytes that are no UTF-8 are shown as `\x0d` first.

/// A line of free text: the subject.
std::string text_header(std::string_view name, std::string_view text);
/// `"Example Library System" <offcirc@example.org>`; without a name the address alone.
std::string sender_header(std::string_view name, std::string_view display_name, std::string_view address);
/// Several addresses. \pre each is one that is_address() takes.
std::string addresses_header(std::string_view name, const std::vector<std::string>& addresses);
/// `Date: Fri, 12 Jun 2026 10:12:31 -0500`
std::string date_header(Seconds utc, const Zone& zone);
/// A line whose value is plain ASCII already, with parameters such as `name="value"`, each on a line of its own.
std::string plain_header(std::string_view name, std::string_view value,
                         const std::vector<std::string>& parameters = {});

/// The parameter of a name that people see, as one or, where it is no plain ASCII, two of them (RFC 2231).
std::vector<std::string> file_name_parameters(std::string_view name, std::string_view value);

/// One form of the text: `plain` or `html`, in UTF-8.
struct MailText {
  std::string subtype;
  std::string text;
};

/// A file that comes with the mail, byte by byte as it is.
struct MailAttachment {
  std::string type;  ///< `text/csv; charset=utf-8`
  std::string file_name;
  std::string bytes;
};

struct MailMessage {
  std::string from_name;     ///< may be empty; anything
  std::string from_address;  ///< one that is_address() takes, likewise below
  std::vector<std::string> to;
  std::string subject;          ///< anything
  std::string message_id;       ///< `left@right`, without its brackets
  Seconds date = 0;             ///< UTC
  std::vector<MailText> texts;  ///< of the same, the plainest first; at least one
  std::vector<MailAttachment> attachments;
};

/// The whole, lines of at most 78 characters but for an attachment's very long name, CR LF. The same message gives the
/// same text. It says that a program wrote it, so that nobody's holiday notice answers.
std::string mime_text(const MailMessage& message, const Zone& zone);

}  // namespace offcirc
