// What the loader and its helper program for SMTP say to each other: one mail to send, and what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// One mail for one server. No text but the message has a line break in it.
struct SmtpJob {
  std::string server;   ///< `smtp://localhost:25`
  std::string tls;      ///< `none`, `try` or `required`; what `smtp://` begins with
  std::string ca_file;  ///< empty: the system's certificates; likewise nothing is meant by the empty ones below
  std::string user;
  std::string password;
  int timeout_seconds = 0;
  std::string from;
  std::vector<std::string> to;
  std::string message;
};

enum class SmtpVerdict : std::uint8_t {
  sent,     ///< the server has taken the mail for this address
  later,    ///< not now: to be tried again
  refused,  ///< not as it is
  failed,   ///< the server could not be talked to at all, so the next mail would fare no better; of no address
};

struct SmtpAnswer {
  SmtpVerdict verdict = SmtpVerdict::failed;
  std::string address;
  std::string text;  ///< what the server said, or a sentence without its full stop; printable, one line
};

/// What goes to the helper's standard input: so the password is in nobody's list of processes.
std::string job_text(const SmtpJob& job);
/// Nullopt where it is no such text.
std::optional<SmtpJob> parse_job(std::string_view text);

/// What comes from its standard output, a line for each.
std::string answers_text(const std::vector<SmtpAnswer>& answers);
/// Lines that are none are left out.
std::vector<SmtpAnswer> parse_answers(std::string_view text);

}  // namespace offcirc
