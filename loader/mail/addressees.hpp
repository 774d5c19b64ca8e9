// Who gets a load's report by mail: each library its own part of it, the library system the whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

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

}  // namespace offcirc
