// Makes the mail of a report: whom it is from and to, its subject and text, and how it is kept small.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/journal/mail_queue.hpp"
#include "loader/mail/mime_message.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

// Who gets a load's report by mail: each library its own part of it, the library system the whole.

/// The library code that stands for the whole report, which goes to the system's addresses.
inline constexpr std::string_view k_whole_system;

/// The codes of the libraries that get mail, by code, the system (`k_whole_system`) last: those with an address and
/// with something in this load. With `when = "errors"` only where somebody has something to do about it.
std::vector<std::string> mail_addressees(const Report& report, const Config& config);

/// The addresses of that library, or of the system, in the configuration; empty where it has none.
std::vector<std::string> mail_addresses(const Config& config, std::string_view library);

/// The right side of message IDs: the domain of the sender's address.
std::string message_id_domain(const Config& config);

/// RunError where the configuration has no address at all.
void require_mail_addresses(const Config& config);

// Keeps a mail so small that mail servers take it: what is too large is left out, and the mail says how to get it.

/// Of a whole mail as it travels. Many servers refuse larger ones.
inline constexpr std::size_t k_max_mail_bytes = 10'000'000;

/// Where the mail is too large, leaves out its attachments, the first one first, until it fits, and then the end of its
/// only text. The text then begins with what was left out, and how `report_command`, such as `offcirc report 42
/// --library OSH`, gets it.
/// \pre There is one text.
void fit_mail(MailMessage& message, const Zone& zone, std::string_view report_command,
              std::size_t max_bytes = k_max_mail_bytes);

// Makes the mail of a report: its subject, the report as text, and whom it is from and to.

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
