// The attempts to load one transaction: one load rejects it, a later one retries it. Each attempt is a result of its
// own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

/// A result and all attempts before it.
struct AttemptChain {
  std::vector<std::int64_t> loads;        ///< the load of each attempt, newest first
  std::int64_t first_result = 0;          ///< row number of the first attempt
  Seconds first_loaded_at = 0;            ///< UTC; when the load of the first attempt began
  std::optional<Seconds> accepted_since;  ///< UTC; the earliest --since of all these loads

  [[nodiscard]] bool has_load(std::int64_t load) const;
};

class PriorAttempts {
 public:
  explicit PriorAttempts(const Database& database);
  /// The attempts up to `result`, a row number.
  AttemptChain of(std::int64_t result);

 private:
  Statement m_one;
};

/// The newest later attempt, by a load that stands, at each result in rows `first` to `last`. Keyed by row number;
/// results without one are absent.
std::map<std::int64_t, LaterAttempt> find_later_tries(const Database& database, std::int64_t first, std::int64_t last);

/// A load that stands, and how many transactions of an earlier load it retried.
struct RunAgain {
  std::int64_t load = 0;  ///< the later one
  std::int64_t transactions = 0;
};
/// In order of the later load.
std::vector<RunAgain> find_run_again(const Database& database, std::int64_t load);

/// The rows of a load's results.
struct ResultRange {
  std::int64_t first = 1, last = 0;

  [[nodiscard]] std::int64_t size() const { return last - first + 1; }
  /// The row of result `n` of the report, from 1; nullopt if the load has no such result.
  [[nodiscard]] std::optional<std::int64_t> row_of(std::uint64_t n) const;
};
/// RunError if there is no such load.
ResultRange results_of_load(const Database& database, std::int64_t load);

// Reasons why a result is no longer pending, each as the end of a sentence; empty if that is not the reason.
std::string why_undone(const Database& database, std::int64_t load);
std::string why_pruned(const Database& database, std::int64_t load);
std::string why_run_again(const Database& database, std::int64_t result);
inline constexpr std::string_view k_recorded_since = "a later load has recorded it";

/// RunError that says why a retry can't run that result.
[[noreturn]] void fail_since_not_waiting(const Database& database, const ResultName& name);

}  // namespace offcirc
