// Sends queued mail, for the command mail and for --mail of load, check and retry.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/mail/delivery.hpp"
#include "loader/mail/mailer.hpp"
#include "loader/model/load_outcome.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// Finds offcirc-smtp, the helper program that talks to mail servers: in the folder that OFFCIRC_LIBEXEC names, else
/// next to this program, else in the installation folder. The file at the returned path need not exist.
std::filesystem::path find_smtp_helper();

/// Sends the unsent mails of `load`, or of all loads if it is 0. Prints why mails failed, but not how many were sent,
/// which is left to the caller. RunError if another process is still sending after `wait_seconds`.
MailSummary send_mail(const std::filesystem::path& database, std::int64_t load, const Config& config,
                      Delivery& delivery, const CommonOptions& common, int wait_seconds, const Console& console);

/// Sends what a load, or all of them if `load` is 0, has queued: `queued` mails. What queued them must be committed;
/// `done` says so, as in `Load 3 is in the database`. Returns false if some are still unsent, after it has printed so
/// with the command that sends them.
bool send_queued_mail(std::uint64_t queued, std::int64_t load, std::string_view done,
                      const std::filesystem::path& database, const Config& config, Delivery& delivery,
                      const CommonOptions& common, int wait_seconds, const Console& console);

/// Call before withdrawing the unsent mails of `load`, or of any load if it is 0. Waits until no other process sends
/// mail; the returned lock then keeps others from sending. Null if no mail is unsent. RunError if another process is
/// still sending after `wait_seconds`.
std::unique_ptr<ProcessLock> hold_back_mail(Store& store, const std::filesystem::path& database, std::int64_t load,
                                            int wait_seconds, const Invocation& who);

/// If the configuration names neither smtp nor sendmail: tells how many mails are queued, and how to write them to
/// files.
void say_what_waits(std::uint64_t queued, const Console& console);

/// After a dry run: tells whom a load would mail.
void name_addressees(const LoadOutcome& outcome, const Config& config, const Console& console);

}  // namespace offcirc
