// Hands one mail to a mail server. The only part that knows the library that talks SMTP and TLS.
#pragma once

#include "cli/smtp/dialogue.hpp"
#include "loader/mail/smtp_job.hpp"

namespace offcirc {

/// What was said on the way is in `dialogue`.
Ending send_message(const SmtpJob& job, Dialogue& dialogue);

}  // namespace offcirc
