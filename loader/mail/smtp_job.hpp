// The protocol between offcirc and its helper program offcirc-smtp: one mail to send, and the result for each address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// One mail for one server. Only `message` may contain line breaks.
struct SmtpJob {
  std::string server;   ///< `smtp://localhost:25`
  std::string tls;      ///< STARTTLS on `smtp://`: `none`, `try` or `required`
  std::string ca_file;  ///< empty: the system's certificates
  std::string user;     ///< empty: no login
  std::string password;
  int timeout_seconds = 0;
  std::string from;
  std::vector<std::string> to;
  std::string message;
};

enum class SmtpVerdict : std::uint8_t {
  sent,     ///< the server accepted the mail for this address
  later,    ///< temporary failure: try again
  refused,  ///< permanent failure
  failed,   ///< the server can't be used at all, so the next mail would fail too; has no address
};

struct SmtpAnswer {
  SmtpVerdict verdict = SmtpVerdict::failed;
  std::string address;
  std::string text;  ///< the server's reply, or a sentence without its period; one printable line
};

/// The helper reads the job from standard input, so that the password does not appear in the process list.
std::string job_text(const SmtpJob& job);
/// Returns nullopt if `text` is not from job_text().
std::optional<SmtpJob> parse_job(std::string_view text);

/// The helper prints this text to standard output, one line per answer.
std::string answers_text(const std::vector<SmtpAnswer>& answers);
/// Skips lines that are not answers.
std::vector<SmtpAnswer> parse_answers(std::string_view text);

}  // namespace offcirc
