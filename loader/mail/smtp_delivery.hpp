// Sends mail to a server, through the helper program that talks SMTP.
#pragma once

#include <filesystem>
#include <memory>

#include "loader/mail/delivery.hpp"

namespace offcirc {

/// RunError where the password can't be had.
std::unique_ptr<Delivery> make_smtp_delivery(const MailSettings& settings, const std::filesystem::path& helper);

}  // namespace offcirc
