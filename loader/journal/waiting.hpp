// The transactions that were rejected and wait to be run again, whole, as the journal keeps them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/journal/tries.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

/// Which of the waiting transactions are meant.
struct WaitingChoice {
  std::int64_t load = 0;         ///< that load rejected them, at their first try or later; 0: any
  std::vector<ResultName> only;  ///< these alone; empty: all
};

/// In the place of `what`, of a check-in: the desk waived its fine.
inline constexpr std::string_view k_waived_fine = "fine waived";

struct WaitingTransaction {
  EarlierTry earlier;
  std::int64_t first_result = 0;  ///< of its first try: orders those of one line
  // Its log, as the load found it; see Log.
  std::string path, format, digest, full_path, given_library, given_station;
  // What its line says of the desk; see Desk.
  std::string desk_library, temporary_library, desk_station, user_access;
  Seconds given_clock_offset = k_no_time;
  std::uint32_t line = 0;
  Kind kind = Kind::checkout;
  Identity identity;
  Seconds recorded_at = 0, occurred_at = 0;  ///< UTC
  Seconds clock_offset = k_no_time;  ///< what lies between them but for a clock that jumped; k_no_time: nothing may
  bool clock_jumped = false, clock_went_backwards = false, clock_was_ahead = false;
  std::string library_mismatch;  ///< what was found to disagree with its library; empty: nothing
  std::string user_id, item_id, what;
  Stamp due, discharged_on;
  DueFrom due_from = DueFrom::none;
  Cents amount_cents = 0;
  std::uint32_t count = 1;
  bool override_used = false;
  StoredRegistration registration;  ///< of a registration
};

/// `FROM` and `WHERE` of the results that wait, `r`, and their loads, `l`: other tables may be joined in between. What
/// an identity points to is the newest try of its record among the loads that stand. What is not supported will never
/// be, and what is dismissed is settled.
inline constexpr std::string_view k_waiting_from = R"sql(
FROM result_rows b INDEXED BY results_rejected
CROSS JOIN results r ON r.result = b.result
CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL AND l.pruned_at IS NULL
CROSS JOIN identities i ON i.recorded = r.identity_recorded AND i.content = r.identity_content
  AND i.ordinal = r.identity_ordinal AND i.result = r.result
)sql";
std::string waiting_where();

/// In the order of their first tries. RunError where there is no such load, or one of `only` does not wait: why not.
std::vector<WaitingTransaction> find_waiting(Database& database, const WaitingChoice& choice);

}  // namespace offcirc
