// The results that can be sent to the library's live system, as the journal has them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/model/result.hpp"
#include "loader/model/send_state.hpp"

namespace offcirc {

/// A loaded result, with everything that a live system needs. IDs are those of the user's and the item's record today,
/// or what the log says if there is no such record.
struct SendableResult {
  std::int64_t result = 0;  ///< row number
  ResultName name;
  Kind kind = Kind::checkout;
  Seconds occurred_at = 0;  ///< UTC
  std::string user_id, item_id, title;
  std::string holder_id;                       ///< who had the item before this; empty: nobody, or nobody knows
  std::int64_t item_no = 0;                    ///< row of the item; 0: none
  std::string library, station;                ///< whose rules were applied
  std::string temporary_library, user_access;  ///< as the log says; may be empty
  std::string logged_library;                  ///< of the station, as the log says; may be empty
  Seconds due_at = k_no_time;                  ///< UTC; k_never; or k_no_time
  DueFrom due_from = DueFrom::none;
  Stamp discharged_on;
  Cents amount_cents = 0;  ///< of a payment
  std::uint32_t count = 1;
  std::string what;
  std::optional<StoredRegistration> registration;
  std::optional<Cents> bill_cents;  ///< of the bill that it made
  std::vector<Outcome> findings;    ///< the outcome first

  [[nodiscard]] bool has(Outcome outcome) const;
};

/// Which results are meant.
struct SendChoice {
  /// 0: every load that is to be sent, and every other one that stands and began at `not_before` or later.
  std::int64_t load = 0;
  Seconds not_before = 0;  ///< UTC
  /// Also those that were handed out and not confirmed, were refused, or are unconfirmed.
  bool again = false;
  /// Include results with a message that is not sent yet or got no answer, even if other messages of them were sent.
  bool in_progress = false;
  std::int64_t unfinished_send = 0;  ///< also those that this send had; 0: none
};

/// The results to send, in replay order over all their loads. RunError if `load` does not exist, was undone or pruned.
std::vector<SendableResult> find_sendable(const Database& database, const SendChoice& choice);

/// The results whose messages belong to that send, in the same order.
std::vector<SendableResult> find_sent_with(const Database& database, std::int64_t send);

/// Items, by row number, whose later transactions must not be sent: an earlier one was refused, has been overtaken, or
/// is unconfirmed, and staff have not released it. With `but_load`, results of that load do not count, because they are
/// sent again.
std::set<std::int64_t> find_held_items(const Database& database, std::int64_t but_load = 0);

/// How many results of a load are in each state.
struct SendCount {
  std::int64_t load = 0;
  SendState state = SendState::unsent;
  std::int64_t results = 0;
  std::int64_t released = 0;  ///< of these, how many staff have settled
};
/// By load, then by state; only of loads that stand, are not pruned, and are to be sent.
std::vector<SendCount> count_send_states(const Database& database);
/// How many results of that load are unsent; 0 if it is not to be sent.
std::int64_t count_unsent(const Database& database, std::int64_t load);

}  // namespace offcirc
