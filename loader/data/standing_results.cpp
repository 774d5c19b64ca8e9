#include "loader/data/standing_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"
#include "loader/model/send_state.hpp"

namespace offcirc {

namespace {

// By load, because items are not indexed by their latest result.
constexpr std::string_view k_standing = R"sql(
SELECT r.item_no, r.load, r.result - l.first_result + 1, c.user_no,
  CASE WHEN r.kind = 2 OR f.findings LIKE '%"renewed"%' THEN c.due_at END
FROM loads l
CROSS JOIN result_rows r ON r.result BETWEEN l.first_result AND l.first_result + l.result_count - 1
  AND r.item_no IS NOT NULL AND r.disposition IN (0, 1)
CROSS JOIN items i ON i.item_no = r.item_no AND i.last_result = r.result
LEFT JOIN charges c ON c.item_no = r.item_no
LEFT JOIN result_findings f ON f.result = r.result
WHERE l.started_at >= ?1 AND l.undone_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM send_messages m WHERE m.result = r.result AND m.state IN {})
)sql";

// Whatever state they are in: the live system has what they led to. Those of which nothing was sent get a row.
constexpr std::string_view k_agreed_results = R"sql(
SELECT r.result FROM loads l
CROSS JOIN result_rows r ON r.result BETWEEN l.first_result AND l.first_result + l.result_count - 1
  AND r.disposition IN (0, 1) AND r.item_no IN (SELECT item_no FROM agreed)
WHERE l.started_at >= ?1 AND l.undone_at IS NULL
)sql";

constexpr std::size_t k_max_sentences = 100;

}  // namespace

StandingResults::StandingResults(Database& database, Seconds since) : m_database(database), m_since(since) {
  Statement rows(database, fmt::format(k_standing, k_carried_out));
  rows.with(since);
  while (rows.next()) {
    StandingResult& result = m_results[rows.integer(0)];
    result.load = rows.integer(1);
    result.n = rows.integer(2);
    if (!rows.is_null(3)) result.user = rows.integer(3);
    if (!rows.is_null(4)) result.renewed_to = rows.integer(4);
  }
}

const StandingResult* StandingResults::of(Row item) const {
  const auto found = m_results.find(item);
  return found == m_results.end() ? nullptr : &found->second;
}

void StandingResults::disagree(Row item, std::optional<Row> user, bool force) {
  m_disagreed.push_back({item, user, force});
}

std::vector<Row> StandingResults::compare_absent(const std::vector<Row>& seen_items, bool force,
                                                 const std::function<bool(Row item, Row user)>& stays) {
  std::vector<Row> kept;
  for (const auto& [item, result] : m_results) {
    if (std::binary_search(seen_items.begin(), seen_items.end(), item)) continue;
    if (!result.user) {
      agree(item);
      continue;
    }
    const bool is_kept = !force && stays(item, *result.user);
    disagree(item, std::nullopt, !is_kept);
    if (is_kept) kept.push_back(item);
  }
  return kept;
}

std::vector<Row> StandingResults::registered_users() const {
  Statement rows(m_database,
                 "SELECT DISTINCT a.user_no FROM loads l CROSS JOIN added_users a ON a.load = l.load "
                 "WHERE l.started_at >= ?1 AND l.undone_at IS NULL AND json_type(a.content) = 'array'");
  rows.with(m_since);
  std::vector<Row> users;
  while (rows.next()) users.push_back(rows.integer(0));
  return users;
}

std::vector<Row> StandingResults::bills_made() const {
  Statement rows(m_database,
                 "SELECT b.bill_no, b.item_no FROM loads l CROSS JOIN changed_bills b ON b.load = l.load "
                 "WHERE l.started_at >= ?1 AND l.undone_at IS NULL AND b.amount_cents_before IS NULL");
  rows.with(m_since);
  std::vector<Row> bills;
  while (rows.next()) {
    const Row item = rows.integer_or(1, 0);
    if (m_results.contains(item) && !m_agreed.contains(item)) bills.push_back(rows.integer(0));
  }
  return bills;
}

std::int64_t StandingResults::confirm(Seconds at) const {
  if (m_agreed.empty()) return 0;
  const std::vector<Row> items(m_agreed.begin(), m_agreed.end());
  const ArrayTable agreed(m_database, "agreed", "item_no INTEGER", items.size(), rows_of(items));
  Statement count(m_database, fmt::format("SELECT count(DISTINCT a.result) FROM ({}) a LEFT JOIN send_messages m "
                                          "ON m.result = a.result WHERE m.state IS NULL OR m.state NOT IN {}",
                                          k_agreed_results, k_carried_out));
  count.with(m_since).next();
  const std::int64_t confirmed = count.integer(0);
  Statement(m_database, fmt::format("UPDATE send_messages SET state = 4, at = ?2, text = '' "
                                    "WHERE state NOT IN {} AND result IN ({})",
                                    k_carried_out, k_agreed_results))
      .with(m_since, at)
      .run();
  Statement(m_database, fmt::format("INSERT INTO send_messages(result, step, send, state, at, text) "
                                    "SELECT a.result, 0, NULL, 4, ?2, '' FROM ({}) a "
                                    "WHERE a.result NOT IN (SELECT result FROM send_messages)",
                                    k_agreed_results))
      .with(m_since, at)
      .run();
  return confirmed;
}

std::string StandingResults::name_of_user(std::optional<Row> user) const {
  if (!user) return "nobody";
  Statement row(m_database, "SELECT user_id FROM users WHERE user_no = ?1");
  return row.with(*user).next() ? fmt::format("user {}", row.text(0)) : "somebody else";
}

std::vector<std::string> StandingResults::sentences() const {
  std::vector<std::string> sentences;
  Statement item_id(m_database, "SELECT item_id FROM items WHERE item_no = ?1");
  for (const Disagreement& one : m_disagreed) {
    if (sentences.size() == k_max_sentences) {
      sentences.push_back(fmt::format("and {} more", m_disagreed.size() - k_max_sentences));
      break;
    }
    const StandingResult& result = m_results.at(one.item);
    item_id.with(one.item).next();
    sentences.push_back(fmt::format(
        "{}: in the files {} has it; load {} (#{}) left it with {}, and {}", item_id.text(0), name_of_user(one.user),
        result.load, result.n, name_of_user(result.user), one.forced ? "the files' word was taken" : "that was kept"));
  }
  return sentences;
}

}  // namespace offcirc
