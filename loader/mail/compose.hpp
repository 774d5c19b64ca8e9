// Composes the mail for a report: its addresses, subject, text and attachments, within a size limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "loader/journal/mail_queue.hpp"
#include "loader/mail/mime_message.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

// Who gets mail: each library its own part of the report, the library system the whole report.

/// The empty library code stands for the whole report, which goes to the system's addresses.
inline constexpr std::string_view k_whole_system;

/// The codes of the libraries that get mail, sorted, then `k_whole_system`. A library gets mail if it has an address
/// and a part in this report; with `when = "errors"`, only if that part has something to do. The same holds for the
/// system.
std::vector<std::string> mail_addressees(const Report& report, const Config& config);

/// The same after a send: `concerned` are the codes of the libraries that have something to settle in the live system.
std::vector<std::string> mail_addressees(const std::set<std::string>& concerned, const Config& config);

/// The configured addresses of a library, or of the system, without duplicates; may be empty.
std::vector<std::string> mail_addresses(const Config& config, std::string_view library);

/// The domain of the sender's address, which is the right side of message IDs.
std::string message_id_domain(const Config& config);

/// RunError if neither the system nor any library has an address.
void require_mail_addresses(const Config& config);

/// The size of a whole mail, encoded. Many servers refuse larger ones.
inline constexpr std::size_t k_max_mail_bytes = 10'000'000;

/// If the mail is too large, drops attachments from the first on until it fits, and then cuts the end of its text. The
/// text then begins with a notice that lists what was left out, and tells how to get it with `report_command`, such as
/// `offcirc report 42 --library OSH`.
/// \pre `message.texts` has one element.
void fit_mail(MailMessage& message, const Zone& zone, std::string_view report_command,
              std::size_t max_bytes = k_max_mail_bytes);

/// `part` is the report for the mail's library, or the whole report. `to` are all addresses of the mail, even those
/// that have got it, and its date is the end of the load, or of the send that queued it, so that each attempt sends the
/// same message. fit_mail() limits its size.
MailMessage compose_mail(const QueuedMail& mail, const Report& part, const std::vector<std::string>& to,
                         const Config& config);

/// `Load 42, Osprey Harbor Public Library (OSH): 3 not loaded, 1 unreadable, 2 to follow up`; if all of these
/// are 0, `1 workstation missing, 5 loaded, 2 already loaded`. After a send: `Send 3 of load 42, Osprey Harbor Public
/// Library (OSH): 2 to settle in the live system`.
std::string subject_of(const QueuedMail& mail, const Report& part);

/// `load-42-OSH`, `load-42` for the whole report, or `load-42-OSH-send-3` after a send: the name, without extension, of
/// the mail's file in an outbox and of its attachments.
std::string mail_file_stem(const QueuedMail& mail);

}  // namespace offcirc
