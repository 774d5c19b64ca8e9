// The password for the mail server: from a file that not everybody may read, or from the environment.
#pragma once

#include <string>

#include "loader/config/config.hpp"

namespace offcirc {

inline constexpr const char* k_password_variable = "OFFCIRC_SMTP_PASSWORD";

/// The first line of [mail]'s password_file, else OFFCIRC_SMTP_PASSWORD; empty where [mail] names no user. RunError,
/// without a word of the password, where there is none, or the file is open to everybody.
std::string read_smtp_password(const MailSettings& settings);

}  // namespace offcirc
