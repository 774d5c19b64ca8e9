// The queue of mails in the database: filled by a load, emptied one by one as they are sent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/database/sqlite.hpp"

namespace offcirc {

// A report that is to be sent by mail, as the database keeps it.

/// The mails that a load leaves behind.
struct MailsToQueue {
  std::vector<std::string> libraries;  ///< whose reports; an empty code: the whole
  std::string id_domain;               ///< the right side of their message IDs
};

struct QueuedMail {
  std::int64_t mail = 0;  ///< its number
  std::int64_t load = 0;
  std::string library;                 ///< empty: the whole report, for the system's addresses
  std::string message_id;              ///< without brackets
  std::vector<std::string> delivered;  ///< addresses that have got it
};

/// What becomes of a load's mails when the load no longer holds.
struct WithdrawnMails {
  struct Sent {
    std::string library;  ///< as in QueuedMail
    std::string address;
  };

  std::uint64_t unsent = 0;  ///< left the queue, though not everybody had got them
  std::vector<Sent> sent;    ///< who has got which report all the same, by library and address
};

/// What became of one attempt to send a mail.
struct MailAttempt {
  std::int64_t mail = 0;
  Seconds at = 0;                      ///< UTC
  std::vector<std::string> delivered;  ///< addresses that got it this time
  std::string error;                   ///< why others did not; empty: nothing is left to do, the mail leaves the queue
};

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
