// Dismissals: pending results (rejected transactions and unreadable records) that are settled without a retry, usually
// because staff dealt with them by hand. They stay in the journal, with who dismissed them and when.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/process_lock.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

struct StoredDismissal {
  Seconds at = 0;  ///< UTC
  std::string by;
  std::string note;          ///< may be empty
  std::int64_t by_load = 0;  ///< the load that supplied the whole record; 0: staff settled it by hand
};

struct DismissOptions {
  std::vector<ResultName> results;
  std::string note;
  bool undo = false;     ///< reopens the results instead
  int wait_seconds = 0;  ///< for the lock
  Invocation invocation;
};

/// SQL: whether the result `r` is dismissed. A dismissal counts as long as neither the load of the result nor the load
/// that made the dismissal is undone.
inline constexpr std::string_view k_is_dismissed = R"sql(
EXISTS (SELECT 1 FROM dismissals CROSS JOIN loads of_result ON of_result.load = r.load AND of_result.undone_at IS NULL
  LEFT JOIN loads maker ON maker.load = by_load WHERE dismissals.result = r.result AND maker.undone_at IS NULL)
)sql";

/// The dismissals that count among the results in rows `first` to `last`, by row.
std::map<std::int64_t, std::shared_ptr<const StoredDismissal>> find_dismissals(const Database& database,
                                                                               std::int64_t first, std::int64_t last);

/// Dismisses or reopens all of the results. Durable when it returns how many there were. RunError, with the reason, if
/// one of them is not pending, or, to reopen it, was not dismissed by hand; nothing is changed then. \pre this process
/// holds the ProcessLock for writing.
std::size_t dismiss(Database& database, const DismissOptions& options);

/// Empties the notes of staff about the results in rows `first` to `last`.
void forget_notes(const Database& database, std::int64_t first, std::int64_t last);

}  // namespace offcirc
