#include "loader/mail/mime_message.hpp"

#include <fmt/format.h>

#include <string_view>

#include "loader/mail/mail_encoding.hpp"
#include "loader/mail/mail_header.hpp"

namespace offcirc {
namespace {

std::string text_entity(const MailText& text) {
  const bool quoted = suits_quoted_printable(text.text);
  return plain_header("Content-Type", fmt::format("text/{}; charset=utf-8", text.subtype)) +
         plain_header("Content-Transfer-Encoding", quoted ? "quoted-printable" : "base64") + "\r\n" +
         (quoted ? quoted_printable(text.text) : base64_lines(with_mail_line_ends(text.text)));
}

std::string attachment_entity(const MailAttachment& attachment) {
  return plain_header("Content-Type", attachment.type) +
         plain_header("Content-Disposition", "attachment", file_name_parameters("filename", attachment.file_name)) +
         plain_header("Content-Transfer-Encoding", "base64") + "\r\n" + base64_lines(attachment.bytes);
}

std::string several(std::string_view subtype, const std::vector<std::string>& entities) {
  // Neither quoted-printable nor base64 can contain "=_", so no part can contain the boundary (RFC 2045, 6.7).
  const std::string boundary = fmt::format("=_{}", subtype);
  std::string text =
      plain_header("Content-Type", fmt::format("multipart/{}", subtype), {fmt::format("boundary=\"{}\"", boundary)}) +
      "\r\n";
  for (const std::string& entity : entities) text += fmt::format("--{}\r\n{}\r\n", boundary, entity);
  return text + fmt::format("--{}--\r\n", boundary);
}

std::string body_of(const MailMessage& message) {
  std::vector<std::string> forms;
  for (const MailText& text : message.texts) forms.push_back(text_entity(text));
  std::vector<std::string> parts{forms.size() == 1 ? forms.front() : several("alternative", forms)};
  for (const MailAttachment& attachment : message.attachments) parts.push_back(attachment_entity(attachment));
  return parts.size() == 1 ? parts.front() : several("mixed", parts);
}

}  // namespace

std::string mime_text(const MailMessage& message, const Zone& zone) {
  return date_header(message.date, zone) + sender_header("From", message.from_name, message.from_address) +
         addresses_header("To", message.to) + text_header("Subject", message.subject) +
         plain_header("Message-ID", fmt::format("<{}>", message.message_id)) +
         plain_header("Auto-Submitted", "auto-generated") + plain_header("MIME-Version", "1.0") + body_of(message);
}

}  // namespace offcirc
