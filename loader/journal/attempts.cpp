#include "loader/journal/attempts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "loader/journal/dismissals.hpp"
#include "loader/journal/read_load.hpp"

namespace offcirc {

namespace {

// Each result that was retried, with the newest of its later attempts whose load stands.
constexpr std::string_view k_later_tries = R"sql(
WITH RECURSIVE later(first, result) AS (
  SELECT retry_of, result FROM result_details WHERE retry_of BETWEEN ?1 AND ?2
  UNION ALL
  SELECT later.first, x.result FROM later CROSS JOIN result_details x ON x.retry_of = later.result),
newest(first, result) AS (
  SELECT later.first, max(later.result) FROM later CROSS JOIN result_rows r ON r.result = later.result
  CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL GROUP BY later.first)
SELECT newest.first, r.load, r.n, r.disposition IN ('loaded', 'follow-up')
FROM newest CROSS JOIN results r ON r.result = newest.result
)sql";

constexpr std::string_view k_run_again = R"sql(
SELECT r.load, count(*)
FROM result_details x CROSS JOIN result_rows r ON r.result = x.result
CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL
WHERE x.retry_of BETWEEN ?1 AND ?2
GROUP BY r.load ORDER BY r.load
)sql";

std::string why_not_tried(const Statement& row) {
  const std::string_view disposition = row.text(1);
  if (disposition == "unreadable") return "its line can't be read";
  if (disposition == "already-loaded") return "it was already loaded, and only the earlier result counts";
  if (disposition == "not-done") return "it was refused or canceled at the time, so there is nothing to load";
  if (disposition != "rejected") return "it is loaded";
  if (row.text(2) == "unsupported") return "this kind of transaction can't be loaded. Enter it by hand";
  return {};
}

/// Whether `column` of the load, such as undone_at, is set.
bool is_marked(const Database& database, std::int64_t load, std::string_view column) {
  Statement row(database, fmt::format("SELECT {} IS NOT NULL FROM loads WHERE load = ?1", column));
  return row.with(load).next() && row.integer(0) != 0;
}

std::string_view what_became_of(const Database& database, const LaterAttempt& last) {
  if (last.loaded) return "and loaded";
  return is_marked(database, last.name.load, "pruned_at") ? "which 'offcirc prune' has cleared"
                                                          : "which is pending. Name that one";
}

std::string why_not_waiting(const Database& database, const ResultName& name) {
  const ResultRange range = results_of_load(database, name.load);
  const std::optional<std::int64_t> result = range.row_of(name.n);
  Statement row(database,
                "SELECT result, disposition, CASE outcome WHEN 'unsupported' THEN outcome ELSE kind END FROM results "
                "WHERE result = ?1");
  if (!result || !row.with(*result).next()) return fmt::format("load {} has results 1 to {}", name.load, range.size());
  if (std::string why = why_undone(database, name.load); !why.empty()) return why;
  if (std::string why = why_not_tried(row); !why.empty()) return why;
  if (const auto dismissals = find_dismissals(database, *result, *result); !dismissals.empty())
    return fmt::format("it was dismissed by {}; 'offcirc dismiss --undo {}:{}' reopens it",
                       dismissals.begin()->second->by, name.load, name.n);
  if (std::string why = why_run_again(database, *result); !why.empty()) return why;
  if (std::string why = why_pruned(database, name.load); !why.empty()) return why;
  return std::string(k_recorded_since);
}

}  // namespace

bool AttemptChain::has_load(std::int64_t load) const {
  return std::find(loads.begin(), loads.end(), load) != loads.end();
}

PriorAttempts::PriorAttempts(const Database& database)
    : m_one(database,
            "SELECT x.retry_of, r.load, l.started_at, l.accepted_since FROM result_rows r "
            "CROSS JOIN loads l ON l.load = r.load LEFT JOIN result_details x ON x.result = r.result "
            "WHERE r.result = ?1") {}

AttemptChain PriorAttempts::of(std::int64_t result) {
  AttemptChain chain;
  for (std::int64_t at = result; at != 0 && m_one.with(at).next(); at = m_one.integer_or(0, 0)) {
    chain.first_result = at;
    chain.loads.push_back(m_one.integer(1));
    chain.first_loaded_at = m_one.integer(2);
    if (!m_one.is_null(3)) chain.accepted_since = std::min(chain.accepted_since.value_or(INT64_MAX), m_one.integer(3));
  }
  return chain;
}

ResultRange results_of_load(const Database& database, std::int64_t load) {
  Statement range(database, "SELECT first_result, first_result + result_count - 1 FROM loads WHERE load = ?1");
  range.with(find_load(database, load)).next();
  return {range.integer(0), range.integer(1)};
}

std::optional<std::int64_t> ResultRange::row_of(std::uint64_t n) const {
  if (n < 1 || n > static_cast<std::uint64_t>(size())) return std::nullopt;
  return first + static_cast<std::int64_t>(n) - 1;
}

std::string why_undone(const Database& database, std::int64_t load) {
  if (!is_marked(database, load, "undone_at")) return {};
  return fmt::format("load {} was undone", load);
}

std::string why_pruned(const Database& database, std::int64_t load) {
  return is_marked(database, load, "pruned_at") ? "'offcirc prune' has removed its data" : "";
}

std::string why_run_again(const Database& database, std::int64_t result) {
  const auto later = find_later_tries(database, result, result);
  if (later.empty()) return {};
  const LaterAttempt& last = later.begin()->second;
  return fmt::format("it was retried as {}:{}, {}", last.name.load, last.name.n, what_became_of(database, last));
}

std::map<std::int64_t, LaterAttempt> find_later_tries(const Database& database, std::int64_t first, std::int64_t last) {
  Statement rows(database, k_later_tries);
  rows.with(first, last);
  std::map<std::int64_t, LaterAttempt> tries;
  while (rows.next()) {
    tries[rows.integer(0)] = {{rows.integer(1), static_cast<std::uint64_t>(rows.integer(2))}, rows.integer(3) != 0};
  }
  return tries;
}

std::vector<RunAgain> find_run_again(const Database& database, std::int64_t load) {
  const ResultRange range = results_of_load(database, load);
  Statement rows(database, k_run_again);
  rows.with(range.first, range.last);
  std::vector<RunAgain> again;
  while (rows.next()) again.push_back({rows.integer(0), rows.integer(1)});
  return again;
}

void fail_since_not_waiting(const Database& database, const ResultName& name) {
  database.fail(fmt::format("{}:{} can't be retried: {}. Nothing was changed.", name.load, name.n,
                            why_not_waiting(database, name)));
}

}  // namespace offcirc
