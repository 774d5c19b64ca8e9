// Keeps a mail so small that mail servers take it: what is too large is left out, and the mail says how to get it.
#pragma once

#include <cstddef>
#include <string_view>

#include "loader/mail/mime_message.hpp"

namespace offcirc {

/// Of a whole mail as it travels. Many servers refuse larger ones.
inline constexpr std::size_t k_max_mail_bytes = 10'000'000;

/// Where the mail is too large, leaves out its attachments, the first one first, until it fits, and then the end of its
/// only text. The text then begins with what was left out, and how `report_command`, such as `offcirc report 42
/// --library OSH`, gets it.
/// \pre There is one text.
void fit_mail(MailMessage& message, const Zone& zone, std::string_view report_command,
              std::size_t max_bytes = k_max_mail_bytes);

}  // namespace offcirc
