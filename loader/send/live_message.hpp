// One message for a live system: a transaction as the run that reads the journal hands it to the code that sends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/transaction.hpp"
#include "loader/model/send_state.hpp"

namespace offcirc {

/// A checkout, check-in, renewal or payment; other kinds can't be sent over SIP2. Times are UTC.
struct LiveMessage {
  std::int64_t id = 0;  ///< the journal's; SendLog names the message by it
  Kind kind = Kind::checkout;
  std::string library;    ///< whose account sends it
  std::string user_id;    ///< the user's current ID; of no use for a check-in
  std::string item_id;    ///< empty for a payment
  std::string holder_id;  ///< whose loan a check-in ends; empty: not known, or nobody's
  Seconds occurred_at = 0;
  std::optional<Seconds> due_at;       ///< never k_no_time; k_never can't be sent
  std::optional<Seconds> returned_at;  ///< when the item of a check-in came back; occurred_at if it is missing
  Cents amount_cents = 0;              ///< of a payment
  std::string reference = {};          ///< of a payment: names it to staff, as in the reports
  bool followed_by_checkout = false;   ///< a checkout of the same item follows this check-in
  /// A check-in that ends no loan and only clears a status, such as lost: the server shows no difference afterwards.
  bool clears_status = false;

  // What earlier runs did.

  /// Recorded as `sending`, and nothing since: the run died, so its answer is lost.
  bool is_answer_lost = false;
  std::string sending_text = {};  ///< the text that was recorded with `sending`
  /// Was unconfirmed, and staff want it sent again, even if the server can't tell whether it has it.
  bool is_resend = false;
  /// Sent by a run that ended before its closing questions: is only asked about. Not for items that are held back.
  bool is_sent = false;
};

/// Where a run records what became of each message.
class SendLog {
 public:
  SendLog() = default;
  SendLog(const SendLog&) = delete;
  SendLog& operator=(const SendLog&) = delete;
  virtual ~SendLog() = default;

  /// Must be durable on return. `at` is UTC. `text` says more in a sentence or two, and is often empty; it never has a
  /// password. A message may be recorded more than once: as `sending`, with its result, and as `unconfirmed` if the
  /// server contradicts that later.
  virtual void record(std::int64_t message, SendState state, Seconds at, const std::string& text) = 0;
};

}  // namespace offcirc
