// The tries of one transaction: rejected by one load, run again by another, each a result of its own.
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

/// A result and all tries before it.
struct TryChain {
  std::vector<std::int64_t> loads;  ///< of each try, the newest first
  std::int64_t first_result = 0;
  Seconds first_loaded_at = 0;            ///< UTC; when the load of the first try began
  std::optional<Seconds> accepted_since;  ///< UTC; the earliest that any of the loads was told with --since

  [[nodiscard]] bool has_load(std::int64_t load) const;
};

class EarlierTries {
 public:
  explicit EarlierTries(const Database& database);
  /// `result` is the number of a row.
  TryChain of(std::int64_t result);

 private:
  Statement m_one;
};

/// For each result of the rows `first` to `last` that has one.
std::map<std::int64_t, LaterTry> find_later_tries(const Database& database, std::int64_t first, std::int64_t last);

/// How many transactions of a load other loads that stand have run again.
struct RunAgain {
  std::int64_t load = 0;  ///< the later one
  std::int64_t transactions = 0;
};
std::vector<RunAgain> find_run_again(const Database& database, std::int64_t load);

/// The rows of a load's results.
struct ResultRange {
  std::int64_t first = 1, last = 0;

  [[nodiscard]] std::int64_t size() const { return last - first + 1; }
  /// Of number `n` in the report; nullopt where the load has no such result.
  [[nodiscard]] std::optional<std::int64_t> row_of(std::uint64_t n) const;
};
/// RunError where there is no such load.
ResultRange results_of_load(const Database& database, std::int64_t load);

// Why a result is not pending any more, as the end of a sentence; empty where it is not for that.
std::string why_undone(const Database& database, std::int64_t load);
std::string why_pruned(const Database& database, std::int64_t load);
std::string why_run_again(const Database& database, std::int64_t result);
inline constexpr std::string_view k_recorded_since = "another load has recorded it since";

/// RunError: why that result is none that a retry can run.
[[noreturn]] void fail_since_not_waiting(const Database& database, const ResultName& name);

}  // namespace offcirc
