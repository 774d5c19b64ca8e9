#include "cli/smtp/verdicts.hpp"

#include <fmt/format.h>

namespace offcirc {
namespace {

using Stage = Dialogue::Stage;

// The refusal that ended the talk before the message could be sent or when it was there; no code where there is none.
Dialogue::Reply refusal_of(const Dialogue& dialogue) {
  for (const Stage stage : {Stage::message, Stage::data, Stage::mail}) {
    const Dialogue::Reply reply = dialogue.at(stage);
    if (reply.code != 0 && !reply.is_good()) return reply;
  }
  return {};
}

const char* may_have_got_it(const Dialogue& dialogue) {
  return dialogue.stage() == Stage::message ? "; it may have got the mail" : "";
}

SmtpAnswer answer_for(const std::string& address, const Dialogue& dialogue, const Ending& ending) {
  const Dialogue::Reply own = dialogue.to_recipient(address);
  if (own.code != 0 && !own.is_good())
    return {own.is_final() ? SmtpVerdict::refused : SmtpVerdict::later, address, own.text};
  if (ending.succeeded) return {SmtpVerdict::sent, address, dialogue.at(Stage::message).text};
  const Dialogue::Reply refusal = refusal_of(dialogue);
  if (refusal.code != 0) return {refusal.is_final() ? SmtpVerdict::refused : SmtpVerdict::later, address, refusal.text};
  return {SmtpVerdict::later, address,
          fmt::format("the connection ended before the server said yes or no{}", may_have_got_it(dialogue))};
}

std::string why_failed(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending) {
  if (ending.timed_out)
    return fmt::format("The mail server {} did not answer within {} seconds{}", job.server, job.timeout_seconds,
                       may_have_got_it(dialogue));
  // What it answers to a password may repeat it: only the code is passed on.
  if (dialogue.stage() == Stage::logging_in && dialogue.at(Stage::logging_in).code != 0)
    return fmt::format("The mail server {} does not accept the user and password (it answered {})", job.server,
                       dialogue.at(Stage::logging_in).code);
  if (ending.login_failed)
    return fmt::format("The mail server {} offers no way to log in that is known here", job.server);
  const Dialogue::Reply greeting = dialogue.at(Stage::greeting);
  if (greeting.code != 0 && !greeting.is_good())
    return fmt::format("The mail server {} takes no mail now: {}", job.server, greeting.text);
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
