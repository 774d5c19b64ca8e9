#include "loader/mail/addressees.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "loader/report/library_part.hpp"
#include "loader/run_error.hpp"

namespace offcirc {

std::vector<std::string> mail_addressees(const Report& report, const Config& config) {
  const SortedReport sorted = sort_by_library(report);
  const bool always = config.mail.when == "always";
  std::vector<std::string> codes;
  for (const LibraryPart& part : sorted.libraries) {
    if (part.code.empty() || mail_addresses(config, part.code).empty()) continue;
    if (always || part.has_something_to_do()) codes.emplace_back(part.code);
  }
  const bool anything = std::any_of(sorted.libraries.begin(), sorted.libraries.end(),
                                    [](const LibraryPart& part) { return part.has_something_to_do(); });
  if (!config.email.empty() && (always || anything)) codes.emplace_back(k_whole_system);
  return codes;
}

std::vector<std::string> mail_addresses(const Config& config, std::string_view library) {
  std::vector<std::string> addresses;
  if (library == k_whole_system) addresses = config.email;
  const LibraryIndex index = config.policy.find_library(library);
  if (index != k_no_library) addresses = config.policy.libraries[index].email;
  // Each once, in the order in which they are written.
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto rest = addresses.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    addresses.erase(std::remove(rest, addresses.end(), addresses[i]), addresses.end());
  }
  return addresses;
}

std::string message_id_domain(const Config& config) {
  const std::string& from = config.mail.from;
  return from.substr(from.find('@') + 1);
}

void require_mail_addresses(const Config& config) {
  const std::vector<Library>& libraries = config.policy.libraries;
  const bool any = !config.email.empty() || std::any_of(libraries.begin(), libraries.end(),
                                                        [](const Library& library) { return !library.email.empty(); });
  if (!any)
    throw RunError(
        fmt::format("{}: nobody has an e-mail address. Write 'email' into [system], for the whole report, or "
                    "into a [[library]], for its part.",
                    config.file.string()));
}

}  // namespace offcirc
