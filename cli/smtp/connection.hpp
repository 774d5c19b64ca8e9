// Hands one mail to a mail server. Only connection.cpp includes libcurl, which does SMTP and TLS.
#pragma once

#include "cli/smtp/dialogue.hpp"
#include "loader/mail/smtp_job.hpp"

namespace offcirc {

/// Sends the mail of `job`, and records the conversation with the server in `dialogue`.
Ending send_message(const SmtpJob& job, Dialogue& dialogue);

}  // namespace offcirc
