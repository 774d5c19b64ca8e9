// The queue of report mails in the database. A load or a send fills it; each mail leaves it once it is sent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/database/sqlite.hpp"

namespace offcirc {

/// The mails that a load, or a send of its results, queues: one for each report.
struct MailsToQueue {
  std::vector<std::string> libraries;  ///< whose reports; an empty code: the whole report
  std::string id_domain;               ///< of their message IDs: what follows the @
  std::int64_t send = 0;               ///< the send whose answers are to be settled; 0: the load queues them
};

struct QueuedMail {
  std::int64_t mail = 0;  ///< number of its row
  std::int64_t load = 0;
  std::string library;                 ///< empty: the whole report, for the system's addresses
  std::string message_id;              ///< without angle brackets
  std::vector<std::string> delivered;  ///< addresses that have received it
  std::int64_t send = 0;               ///< as in MailsToQueue
  Seconds queued_at = 0;               ///< UTC
};

/// What happened to the mails of a load that was undone or pruned.
struct WithdrawnMails {
  struct Sent {
    std::string library;  ///< as in QueuedMail
    std::string address;
  };

  std::uint64_t unsent = 0;  ///< left the queue before every address had received them
  std::vector<Sent> sent;    ///< who had received which report already, by library and address
};

/// The result of one attempt to send a mail.
struct MailAttempt {
  std::int64_t mail = 0;
  Seconds at = 0;                      ///< UTC
  std::vector<std::string> delivered;  ///< addresses that received it this time
  std::string error;  ///< why other addresses did not; empty: nothing is left to do, and the mail leaves the queue
};

/// Queues the mails of a load. Call within the database transaction of the load, or of the send.
void queue_mails(Database& database, std::int64_t load, Seconds queued_at, const MailsToQueue& mails);

/// The unsent mails of that load, or of all loads if `load` is 0, oldest first. RunError if there is no such load.
std::vector<QueuedMail> unsent_mails(const Database& database, std::int64_t load);

/// Takes the unsent mails of that load out of the queue, because what they would say no longer holds. Deliveries so far
/// stay recorded. Call within a database transaction.
WithdrawnMails withdraw_mails(Database& database, std::int64_t load, Seconds at);

/// Records the attempt in a database transaction of its own. Durable when it returns.
void record_mail_attempt(Database& database, const MailAttempt& attempt);

}  // namespace offcirc
