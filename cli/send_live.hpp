// Sends over SIP2 for the command send, and shows how far it has come.
#pragma once

#include <string>

#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "loader/runs/send_live.hpp"

namespace offcirc {

/// Sends, or with options.dry_run asks, and says what became of it. Ctrl-C and SIGTERM end the run after the answer to
/// the message under way. With options.mail, mails what must be settled. RunError, before anything is sent, if no mail
/// could be.
ExitStatus send_live(LiveSendOptions options, const Config& config, bool prints_json, const CommonOptions& common,
                     const Console& console);

/// Logs in with each account and prints what the server says; sends nothing. An empty ID is replaced by that of an open
/// charge.
ExitStatus probe_live(const std::filesystem::path& database, const Config& config, std::string item_id,
                      std::string user_id, const Console& console);

}  // namespace offcirc
