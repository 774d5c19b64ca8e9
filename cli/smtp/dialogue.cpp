#include "cli/smtp/dialogue.hpp"

#include <algorithm>

namespace offcirc {
namespace {

constexpr std::size_t k_max_shown = 200;

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  return line;
}

// A server may say anything; on its way to a terminal and a database it is one short line.
std::string printable(std::string_view line) {
  std::string text;
  for (const char c : line.substr(0, k_max_shown)) text += c >= ' ' && c <= '~' ? c : '?';
  while (text.ends_with(' ')) text.pop_back();
  if (line.size() > k_max_shown) text += "...";
  return text;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

void Dialogue::sent(std::string_view command) {
  constexpr std::string_view k_rcpt = "RCPT TO:<";
  command = without_line_end(command);
  if (command.starts_with("EHLO ") || command.starts_with("HELO ") || command == "STARTTLS") {
    m_stage = Stage::greeting;
  } else if (command.starts_with("AUTH ")) {
    m_stage = Stage::logging_in;
  } else if (command.starts_with("MAIL FROM:")) {
    m_stage = Stage::mail;
  } else if (command.starts_with(k_rcpt)) {
    m_stage = Stage::recipients;
    m_recipient = command.substr(k_rcpt.size(), command.find('>') - k_rcpt.size());
  } else if (command == "DATA") {
    m_stage = Stage::data;
  } else if (command == "QUIT") {
    m_stage = Stage::quitting;
  }
  // Anything else is a step of logging in: the stage stays.
}

void Dialogue::received(std::string_view line) {
  line = without_line_end(line);
  const bool has_code = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, is_digit);
  if (!has_code || (line.size() > 3 && line[3] != ' ')) return;
  if (m_stage == Stage::connecting) m_stage = Stage::greeting;
  const Reply reply{(line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'), printable(line)};
  if (m_stage == Stage::recipients) m_to_recipients[m_recipient] = reply;
  m_replies[m_stage] = reply;
}

Dialogue::Reply Dialogue::to_recipient(const std::string& address) const {
  const auto found = m_to_recipients.find(address);
  return found == m_to_recipients.end() ? Reply{} : found->second;
}

Dialogue::Reply Dialogue::at(Stage stage) const {
  const auto found = m_replies.find(stage);
  return found == m_replies.end() ? Reply{} : found->second;
}

}  // namespace offcirc
