// Decides from the talk with the mail server who has got the mail.
#pragma once

#include <string>
#include <vector>

#include "cli/smtp/dialogue.hpp"
#include "loader/mail/smtp_job.hpp"

namespace offcirc {

/// How the connection ended.
struct Ending {
  bool succeeded = false;  ///< the whole message was sent, and the server has taken it for somebody
  bool timed_out = false;
  bool login_failed = false;  ///< the server does not know the user and password, or offers no way to log in
  std::string error;          ///< of the connection, where it did not succeed: `Connection refused`
};

/// An answer for each address of the job, or one that the server could not be talked to.
std::vector<SmtpAnswer> verdicts_of(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending);

}  // namespace offcirc
