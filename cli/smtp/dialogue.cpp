#include "cli/smtp/dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offcirc {

namespace {

constexpr std::size_t k_max_shown = 200;

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  return line;
}

// A server can send anything. What goes to the terminal and the database is one short line of printable ASCII.
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
  // Any other line is a step of the login and leaves the stage as it is.
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

namespace {

using Stage = Dialogue::Stage;

// The reply that refused the sender, the DATA command or the message; code 0 if none did.
Dialogue::Reply refusal_of(const Dialogue& dialogue) {
  for (const Stage stage : {Stage::message, Stage::data, Stage::mail}) {
    const Dialogue::Reply reply = dialogue.at(stage);
    if (reply.code != 0 && !reply.is_good()) return reply;
  }
  return {};
}

const char* may_have_got_it(const Dialogue& dialogue) {
  return dialogue.stage() == Stage::message ? "; it may have received the mail" : "";
}

SmtpAnswer answer_for(const std::string& address, const Dialogue& dialogue, const Ending& ending) {
  const Dialogue::Reply own = dialogue.to_recipient(address);
  if (own.code != 0 && !own.is_good())
    return {own.is_final() ? SmtpVerdict::refused : SmtpVerdict::later, address, own.text};
  if (ending.succeeded) return {SmtpVerdict::sent, address, dialogue.at(Stage::message).text};
  const Dialogue::Reply refusal = refusal_of(dialogue);
  if (refusal.code != 0) return {refusal.is_final() ? SmtpVerdict::refused : SmtpVerdict::later, address, refusal.text};
  return {SmtpVerdict::later, address,
          fmt::format("the connection ended before the server answered{}", may_have_got_it(dialogue))};
}

std::string why_failed(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending) {
  if (ending.timed_out)
    return fmt::format("The mail server {} did not answer within {} seconds{}", job.server, job.timeout_seconds,
                       may_have_got_it(dialogue));
  // The reply to a login could echo the password, so only its code is passed on.
  if (dialogue.stage() == Stage::logging_in && dialogue.at(Stage::logging_in).code != 0)
    return fmt::format("The mail server {} does not accept the user and password (it answered {})", job.server,
                       dialogue.at(Stage::logging_in).code);
  if (ending.login_failed) return fmt::format("The mail server {} offers no supported login method", job.server);
  const Dialogue::Reply greeting = dialogue.at(Stage::greeting);
  if (greeting.code != 0 && !greeting.is_good())
    return fmt::format("The mail server {} does not accept mail now: {}", job.server, greeting.text);
  return fmt::format("The mail server {} can't be used: {}", job.server, ending.error);
}

}  // namespace

std::vector<SmtpAnswer> verdicts_of(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending) {
  const bool has_talked = dialogue.stage() >= Stage::mail;
  if (!ending.succeeded && (!has_talked || ending.timed_out))
    return {{SmtpVerdict::failed, "", why_failed(job, dialogue, ending)}};
  std::vector<SmtpAnswer> answers;
  for (const std::string& address : job.to) answers.push_back(answer_for(address, dialogue, ending));
  return answers;
}

}  // namespace offcirc
