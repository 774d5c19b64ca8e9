// The head of a mail: from, to, subject and date, written so that no name in them can add a line of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/time/zone.hpp"

namespace offcirc {

// Each is one line of the head with its name, folded at 76 characters, CR LF behind it. What is no printable ASCII is
// written as encoded words (RFC 2047); control characters and bytes that are no UTF-8 are shown as `\x0d` first.

/// A line of free text: the subject.
std::string text_header(std::string_view name, std::string_view text);
/// `"Example Library System" <offcirc@example.org>`; without a name the address alone.
std::string sender_header(std::string_view name, std::string_view display_name, std::string_view address);
/// Several addresses. \pre each is one that is_address() takes.
std::string addresses_header(std::string_view name, const std::vector<std::string>& addresses);
/// `Date: Fri, 12 Jun 2026 10:12:31 -0500`
std::string date_header(Seconds utc, const Zone& zone);
/// A line whose value is plain ASCII already, with parameters such as `name="value"`, each on a line of its own.
std::string plain_header(std::string_view name, std::string_view value,
                         const std::vector<std::string>& parameters = {});

/// The parameter of a name that people see, as one or, where it is no plain ASCII, two of them (RFC 2231).
std::vector<std::string> file_name_parameters(std::string_view name, std::string_view value);

}  // namespace offcirc
