// Pending transactions: rejected ones, which the journal keeps whole so that a retry can run them again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/attempts.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

/// Which of the pending transactions are meant.
struct WaitingChoice {
  std::int64_t load = 0;         ///< one that rejected them, at the first attempt or later; 0: any
  std::vector<ResultName> only;  ///< only these; empty: all
};

/// The `what` of a check-in whose fine the desk waived.
inline constexpr std::string_view k_waived_fine = "fine waived";

struct WaitingTransaction {
  PriorAttempt earlier;
  std::int64_t first_result = 0;  ///< row number of its first attempt; orders transactions of the same line
  // Its log, as the load found it; see Log.
  std::string path, format, digest, full_path, given_library, given_station;
  // What its line says about the desk; see Desk.
  std::string desk_library, temporary_library, desk_station, user_access;
  Seconds given_clock_offset = k_no_time;
  std::uint32_t line = 0;
  Kind kind = Kind::checkout;
  Identity identity;
  Seconds recorded_at = 0, occurred_at = 0;  ///< UTC
  Seconds clock_offset = k_no_time;          ///< added to recorded_at, unless the clock jumped; k_no_time: none
  bool clock_jumped = false, clock_went_backwards = false, clock_was_ahead = false;
  std::string library_mismatch;  ///< the finding that something disagrees with its library; empty: none
  std::string user_id, item_id, what;
  Stamp due, discharged_on;
  DueFrom due_from = DueFrom::none;
  Cents amount_cents = 0;
  std::uint32_t count = 1;
  bool override_used = false;
  bool done_online = false;         ///< see Transaction
  StoredRegistration registration;  ///< only of a registration
};

/// `FROM` and, from waiting_where(), the condition of `WHERE` that select the pending results `r` and their loads `l`.
/// Other tables may be joined in between. An identity points to the newest attempt at its record among the loads that
/// stand, so older attempts don't match. An unsupported transaction can never be loaded, and a dismissed one is
/// settled.
inline constexpr std::string_view k_waiting_from = R"sql(
FROM result_rows b INDEXED BY results_rejected
CROSS JOIN results r ON r.result = b.result
CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL AND l.pruned_at IS NULL
CROSS JOIN identities i ON i.recorded = r.identity_recorded AND i.content = r.identity_content
  AND i.ordinal = r.identity_ordinal AND i.result = r.result
)sql";
std::string waiting_where();

/// In the order of their first attempts. RunError if there is no such load, or, with the reason, if one of `only` is
/// not pending.
std::vector<WaitingTransaction> find_waiting(Database& database, const WaitingChoice& choice);

}  // namespace offcirc
