// The dialogue with a mail server and its report, without a server.
#include <doctest/doctest.h>

#include "cli/smtp/dialogue.hpp"
#include "loader/mail/smtp_job.hpp"

using namespace offcirc;

namespace {

SmtpJob sample_job() {
  SmtpJob job;
  job.server = "smtp://mail.example.org:25";
  job.tls = "required";
  job.user = "offcirc";
  job.password = " pass word ";
  job.timeout_seconds = 60;
  job.from = "offcirc@example.org";
  job.to = {"a@example.org", "b@example.org"};
  job.message = "Subject: x\r\n\r\nserver y\r\n";
  return job;
}

/// "> " marks what was sent, "< " what was received.
Dialogue talk(std::initializer_list<std::string> lines) {
  Dialogue dialogue;
  for (const std::string_view line : lines) {
    if (line == "message")
      dialogue.sends_message();
    else if (line.starts_with("> "))
      dialogue.sent(line.substr(2));
    else
      dialogue.received(line.substr(2));
  }
  return dialogue;
}

std::string verdicts(const Dialogue& dialogue, const Ending& ending) {
  return answers_text(verdicts_of(sample_job(), dialogue, ending));
}

}  // namespace

TEST_CASE("a job is unchanged after writing and parsing") {
  const SmtpJob job = sample_job();
  const auto again = parse_job(job_text(job));
  REQUIRE(again);
  CHECK(job_text(*again) == job_text(job));
  CHECK(again->password == " pass word ");
  CHECK(again->to == job.to);
  CHECK(again->message == job.message);
  CHECK(again->timeout_seconds == 60);
  for (const char* wrong : {"", "server x\n", "server x\nfoo y\n\n", "timeout_seconds x\n\n"})
    CHECK_FALSE(parse_job(wrong));
}

TEST_CASE("answers are unchanged after parsing and writing") {
  const std::string text =
      "sent a@example.org 250 OK\nlater b@example.org 451 Wait\nrefused c@d 550 No\nfailed Why not\n";
  CHECK(answers_text(parse_answers(text)) == text);
  CHECK(answers_text(parse_answers("==1==ERROR\n" + text + "sentence\n")) == text);
  CHECK(parse_answers("failed Why not").front().text == "Why not");
}

TEST_CASE("a mail that all recipients get") {
  const Dialogue dialogue =
      talk({"< 220 hello\r\n", "> EHLO here\r\n", "< 250-mail.example.org\r\n", "< 250 SIZE\r\n",
            "> MAIL FROM:<offcirc@example.org> SIZE=20\r\n", "< 250 OK\r\n", "> RCPT TO:<a@example.org>\r\n",
            "< 250 OK\r\n", "> RCPT TO:<b@example.org>\r\n", "< 251 forwarded\r\n", "> DATA\r\n", "< 354 go\r\n",
            "message", "< 250 2.0.0 kept\r\n", "> QUIT\r\n"});
  CHECK(dialogue.stage() == Dialogue::Stage::quitting);
  CHECK(verdicts(dialogue, {.succeeded = true, .error = ""}) ==
        "sent a@example.org 250 2.0.0 kept\nsent b@example.org 250 2.0.0 kept\n");
}

TEST_CASE("addresses that are refused, temporarily or permanently") {
  const Dialogue dialogue =
      talk({"< 220 hello", "> MAIL FROM:<offcirc@example.org>", "< 250 OK", "> RCPT TO:<a@example.org>",
            "< 550-No such\r\n", "< 550 user\r\n", "> RCPT TO:<b@example.org>", "< 450 busy"});
  CHECK(verdicts(dialogue, {.error = "RCPT failed"}) ==
        "refused a@example.org 550 user\nlater b@example.org 450 busy\n");
}

TEST_CASE("the message itself is refused") {
  const Dialogue dialogue =
      talk({"> MAIL FROM:<offcirc@example.org>", "< 250 OK", "> RCPT TO:<a@example.org>", "< 250 OK",
            "> RCPT TO:<b@example.org>", "< 550 No", "> DATA", "< 354 go", "message", "< 554 \x1b[2J spam\t!"});
  CHECK(verdicts(dialogue, {}) == "refused a@example.org 554 ?[2J spam?!\nrefused b@example.org 550 No\n");
}

TEST_CASE("a server's answer to a password is not repeated, whatever it looks like") {
  const Dialogue wrong = talk({"< 220 hello", "> EHLO here", "< 250 AUTH PLAIN", "> AUTH PLAIN", "< 334 ",
                               "> AG9mZmNpcmMAd3Jvbmc=", "< 535 not AG9mZmNpcmMAd3Jvbmc="});
  CHECK(verdicts(wrong, {.login_failed = true, .error = ""}) ==
        "failed The mail server smtp://mail.example.org:25 does not accept the user and password (it answered 535)\n");
  CHECK(talk({"> AUTH LOGIN", "> DATAQUIT"}).stage() == Dialogue::Stage::logging_in);
  CHECK(verdicts(talk({"< 220 hello", "> EHLO here", "< 250 OK"}), {.login_failed = true, .error = ""}) ==
        "failed The mail server smtp://mail.example.org:25 offers no supported login method\n");
}

TEST_CASE("servers that can't be used") {
  CHECK(verdicts({}, {.error = "Connection refused"}) ==
        "failed The mail server smtp://mail.example.org:25 can't be used: Connection refused\n");
  CHECK(verdicts(talk({"< 421 too busy"}), {}) ==
        "failed The mail server smtp://mail.example.org:25 does not accept mail now: 421 too busy\n");
  CHECK(verdicts(talk({"> MAIL FROM:<a@b>"}), {.timed_out = true, .error = ""}) ==
        "failed The mail server smtp://mail.example.org:25 did not answer within 60 seconds\n");
}

TEST_CASE("a long answer is shortened") {
  const Dialogue dialogue = talk({"> RCPT TO:<a@example.org>", "< 550 " + std::string(500, 'x')});
  CHECK(dialogue.to_recipient("a@example.org").text == "550 " + std::string(196, 'x') + "...");
}
