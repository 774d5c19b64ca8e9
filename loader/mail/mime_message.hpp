// A mail as it travels: head, text in one or more forms, and attached files (RFC 5322, RFC 2045 to 2047).
#pragma once

#include <string>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

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
