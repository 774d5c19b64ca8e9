#include "loader/mail/fit_mail.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace offcirc {
namespace {

bool fits(const MailMessage& message, const Zone& zone, std::size_t max_bytes) {
  // On its way it only grows: what is too large already need not be written out.
  std::size_t bytes = message.texts.front().text.size();
  for (const MailAttachment& attachment : message.attachments) bytes += attachment.bytes.size();
  return bytes <= max_bytes && mime_text(message, zone).size() <= max_bytes;
}

std::string notice(const std::vector<std::string>& left_out, bool is_shortened, std::string_view report_command) {
  std::string text = "With all of the report, this mail would be too large for many mail servers.\nLeft out:\n";
  for (const std::string& file_name : left_out)
    text += fmt::format("  {0}\n    '{1} -o {0}' writes it.\n", file_name, report_command);
  if (is_shortened) text += fmt::format("  the end of this text\n    '{}' prints all of it.\n", report_command);
  return text + "\n";
}

// By a part of it, so that it fits after a few times, whatever its letters take on the way.
std::string shorter(const std::string& text, std::size_t max_bytes) {
  const std::size_t bytes = text.size() > max_bytes ? max_bytes : text.size() - (text.size() + 15) / 16;
  const std::size_t end = bytes == 0 ? std::string::npos : text.rfind('\n', bytes - 1);
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

}  // namespace

void fit_mail(MailMessage& message, const Zone& zone, std::string_view report_command, std::size_t max_bytes) {
  std::string& text = message.texts.front().text;
  std::vector<std::string> left_out;
  std::string kept = text;
  bool is_shortened = false;
  while (!fits(message, zone, max_bytes) && !kept.empty()) {
    if (!message.attachments.empty()) {
      left_out.push_back(message.attachments.front().file_name);
      message.attachments.erase(message.attachments.begin());
    } else {
      kept = shorter(kept, max_bytes);
      is_shortened = true;
    }
    text = notice(left_out, is_shortened, report_command) + kept;
    if (is_shortened) text += "\nThis text goes on: its beginning says how to get all of it.\n";
  }
}

}  // namespace offcirc
