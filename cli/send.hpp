// Sends what was loaded, for the command send and for --send of load and retry.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "loader/journal/sendable.hpp"

namespace offcirc {

/// Prints how many transactions wait because an earlier one of their item is not settled; nothing if there are none.
void tell_held(const std::vector<SendableResult>& held, const Console& console);

/// Sends everything unsent over SIP2, and with `mails` mails what must be settled; or writes upload files with it into
/// the configured outbox; or else says that it is queued and how to write them. The load must be committed. Returns
/// false if something could not be sent, after it has printed why.
bool send_after_load(const std::filesystem::path& database, const Config& config, bool mails,
                     const CommonOptions& common, int wait_seconds, const Console& console);

}  // namespace offcirc
