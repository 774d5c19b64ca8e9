// Makes the mail of a report: its subject, the report as text, and whom it is from and to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/mail/mime_message.hpp"
#include "loader/report/report.hpp"
#include "loader/store/queued_mail.hpp"

namespace offcirc {

/// `part` is the report of the mail's library, or the whole. `to` are all its addresses, so that the text is the same
/// each time it is sent; it is dated when the load finished. What would make it too large is left out, see fit_mail().
MailMessage compose_mail(const QueuedMail& mail, const Report& part, const std::vector<std::string>& to,
                         const Config& config);

/// `Load 42, Osprey Harbor Public Library (OSH): 3 not loaded, 1 unreadable, 2 with something to do`; where there is
/// none of these, `1 station missing, 5 loaded, 2 already loaded`.
std::string subject_of(const QueuedMail& mail, const Report& part);

/// `load-42-OSH`, for the whole `load-42`: the name of a file that has the mail or comes with it, without its
/// extension.
std::string mail_file_stem(const QueuedMail& mail);

}  // namespace offcirc
