// The queue of mails in the database: filled by a load, emptied one by one as they are sent.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/store/queued_mail.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// Within the transaction of the load.
void queue_mails(Database& database, std::int64_t load, Seconds queued_at, const MailsToQueue& mails);

/// The unsent mails of that load, of all loads where it is 0; the oldest first. RunError where there is no such load.
std::vector<QueuedMail> unsent_mails(const Database& database, std::int64_t load);

/// Takes the unsent mails of that load out of the queue: what they would say is not so any more. Who has got one stays
/// known. Within a transaction of the caller.
WithdrawnMails withdraw_mails(Database& database, std::int64_t load, Seconds at);

/// In a transaction of its own. Durable when it returns.
void record_mail_attempt(Database& database, const MailAttempt& attempt);

}  // namespace offcirc
