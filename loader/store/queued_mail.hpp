// A report that is to be sent by mail, as the database keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/stamp.hpp"

namespace offcirc {

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

}  // namespace offcirc
