// Sends queued mail, for the command mail and for load --mail.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/mail/delivery.hpp"
#include "loader/mail/mailer.hpp"
#include "loader/model/load_outcome.hpp"

namespace offcirc {

// Finds the helper program that talks to mail servers.

/// In the folder that OFFCIRC_LIBEXEC names, else beside this program, else where it is installed. The last of these
/// where there is none.
std::filesystem::path find_smtp_helper();

// What `mail` and `load --mail` have in common: sending the queue, and saying what became of it.

/// Sends the unsent mails of that load, of all loads where it is 0. What could not be sent is said; how many were, the
/// caller says. RunError where another process sends for longer than `wait_seconds`.
MailSummary send_mail(const std::filesystem::path& database, std::int64_t load, const Config& config,
                      Delivery& delivery, const CommonOptions& common, int wait_seconds, const Console& console);

/// Behind a load that is in the database: sends what it has queued. False where something is still unsent; it is said,
/// with the command that sends it.
bool send_mail_of(const LoadOutcome& outcome, const std::filesystem::path& database, const Config& config,
                  Delivery& delivery, const CommonOptions& common, int wait_seconds, const Console& console);

/// Before the unsent mails of that load, of any where it is 0, are withdrawn: waits until no other process sends them,
/// and keeps all from it. Null where there are none. RunError after `wait_seconds`.
std::unique_ptr<ProcessLock> hold_back_mail(Store& store, const std::filesystem::path& database, std::int64_t load,
                                            int wait_seconds, const Invocation& who);

/// Behind a load whose configuration names no way to send: says how its mails are written as files.
void say_what_waits(const LoadOutcome& outcome, const Console& console);

/// Behind a dry run: says whom a load would write to.
void name_addressees(const LoadOutcome& outcome, const Config& config, const Console& console);

}  // namespace offcirc
