// offcirc-smtp: the helper that hands one mail to a mail server. It is a separate program because libcurl pulls in many
// other libraries, which offcirc would otherwise load at every start. It reads its job, password included, from
// standard input and prints the result for each address.
#include <cstdio>
#include <string>

#include "cli/console.hpp"
#include "cli/smtp/connection.hpp"
#include "cli/smtp/dialogue.hpp"
#include "loader/mail/smtp_job.hpp"

namespace offcirc {
namespace {

std::string standard_input() {
  std::string text;
  char buffer[16 * 1024];
  for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) text.append(buffer, size);
  return text;
}

ExitStatus run_helper() {
  const std::optional<SmtpJob> job = parse_job(standard_input());
  if (!job) {
    std::fputs("offcirc-smtp is a part of offcirc; 'offcirc mail' runs it.\n", stderr);
    return ExitStatus::did_not_run;
  }
  Dialogue dialogue;
  const Ending ending = send_message(*job, dialogue);
  const std::vector<SmtpAnswer> answers = verdicts_of(*job, dialogue, ending);
  const std::string text = answers_text(answers);
  std::fwrite(text.data(), 1, text.size(), stdout);
  for (const SmtpAnswer& answer : answers)
    if (answer.verdict != SmtpVerdict::sent) return ExitStatus::incomplete;
  return ExitStatus::done;
}

}  // namespace
}  // namespace offcirc

int main() {
  return static_cast<int>(offcirc::run_helper());
}
