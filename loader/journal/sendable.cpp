#include "loader/journal/sendable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "loader/journal/attempts.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

// What the live system has to be told. The second scan of a book changed nothing, and what was done online is there.
constexpr std::string_view k_is_sendable = R"sql(
r.disposition IN (0, 1) AND coalesce(x.done_online, 0) = 0 AND coalesce(f.findings, '') NOT LIKE '%"scanned-twice"%'
)sql";

constexpr std::string_view k_rows_of_loads = R"sql(
FROM loads l
CROSS JOIN result_rows r ON r.result BETWEEN l.first_result AND l.first_result + l.result_count - 1
LEFT JOIN result_details x ON x.result = r.result
LEFT JOIN result_findings f ON f.result = r.result
)sql";

constexpr std::string_view k_columns = R"sql(
SELECT r.result, r.load, r.result - l.first_result + 1, r.kind, r.occurred_at,
  coalesce(u.user_id, gone_user.user_id, x.user_id, ''), coalesce(item.item_id, gone_item.item_id, x.item_id, ''),
  coalesce(item.title_text, gone_item.title, ''), coalesce(r.item_no, 0),
  d.placed_library, d.placed_station, d.temporary_library, d.user_access, d.library,
  r.due_at, r.due_from, x.discharged_on, x.amount_cents, x.count, x.what, x.registration, x.bill_cents, f.findings
)sql";

constexpr std::string_view k_named_rows = R"sql(
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
LEFT JOIN users u ON u.user_no = r.user_no
LEFT JOIN former_users gone_user ON gone_user.user_no = r.user_no
LEFT JOIN items item ON item.item_no = r.item_no
LEFT JOIN former_items gone_item ON gone_item.item_no = r.item_no
)sql";

/// Reads the rows of k_columns.
class SendableReader {
 public:
  explicit SendableReader(const Database& database) : m_database(database) {}

  SendableResult read(const Statement& row) {
    SendableResult to;
    to.result = row.integer(0);
    to.name = {row.integer(1), static_cast<std::uint64_t>(row.integer(2))};
    to.kind = static_cast<Kind>(row.integer(3));
    to.occurred_at = row.integer(4);
    to.user_id = row.text(5);
    to.item_id = row.text(6);
    to.title = row.text(7);
    to.item_no = row.integer(8);
    to.library = row.text(9);
    to.station = row.text(10);
    to.temporary_library = row.text(11);
    to.user_access = row.text(12);
    to.logged_library = row.text(13);
    to.due_at = row.integer_or(14, k_no_time);
    to.due_from = static_cast<DueFrom>(row.integer_or(15, 0));
    to.discharged_on = parse_iso_stamp(row.text(16)).value_or(Stamp());
    to.amount_cents = row.integer_or(17, 0);
    to.count = static_cast<std::uint32_t>(row.integer_or(18, 1));
    to.what = row.text(19);
    if (!row.is_null(20))
      to.registration = understood(m_json.registration(row.text(20)), m_database, to.name.load, "a registration");
    if (!row.is_null(21)) to.bill_cents = row.integer(21);
    if (!row.is_null(22))
      for (const Finding& finding :
           understood(m_json.findings(row.text(22)), m_database, to.name.load, "the findings of a result"))
        to.findings.push_back(finding.outcome);
    return to;
  }

 private:
  const Database& m_database;
  JournalJson m_json;
};

// Within a load the order of the results is the order in which they were judged, even where a clock stepped back, so
// loads are merged by the latest time so far.
void merge_loads(std::vector<SendableResult>& results) {
  struct Key {
    Seconds at;
    std::size_t index;
  };
  std::vector<Key> order;
  Seconds latest = k_no_time;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i == 0 || results[i].name.load != results[i - 1].name.load) latest = k_no_time;
    latest = std::max(latest, results[i].occurred_at);
    order.push_back({latest, i});
  }
  std::stable_sort(order.begin(), order.end(), [](const Key& a, const Key& b) { return a.at < b.at; });
  std::vector<SendableResult> merged;
  merged.reserve(results.size());
  for (const Key& key : order) merged.push_back(std::move(results[key.index]));
  results = std::move(merged);
}

/// Finds out who had an item before each transaction: at first as the load found it, then as each transaction of the
/// load left it, whether or not that one is to be sent.
class Holders {
 public:
  explicit Holders(const Database& database)
      : m_rows(database,
               "SELECT r.result, r.kind, r.item_no, coalesce(u.user_id, f.user_id, x.user_id, '') FROM result_rows r "
               "LEFT JOIN result_details x ON x.result = r.result LEFT JOIN users u ON u.user_no = r.user_no "
               "LEFT JOIN former_users f ON f.user_no = r.user_no "
               "WHERE r.result <= ?2 AND r.result > ?2 - ?3 AND r.load = ?1 AND r.disposition IN (0, 1) "
               "AND r.item_no IS NOT NULL ORDER BY r.result"),
        m_before(database,
                 "SELECT coalesce(u.user_id, f.user_id, '') FROM changed_charges c "
                 "LEFT JOIN users u ON u.user_no = c.user_no_before "
                 "LEFT JOIN former_users f ON f.user_no = c.user_no_before "
                 "WHERE c.load = ?1 AND c.item_no = ?2") {}

  /// `results` are all of one load, by row.
  void note(std::span<SendableResult> results) {
    const SendableResult& last = results.back();
    std::map<std::int64_t, std::string> holders;  // by item
    for (const SendableResult& result : results)
      if (result.item_no != 0) holders.try_emplace(result.item_no, found_by(last.name.load, result.item_no));
    auto next = results.begin();
    m_rows.with(last.name.load, last.result, static_cast<std::int64_t>(last.name.n));
    while (m_rows.next()) {
      while (next != results.end() && next->result < m_rows.integer(0)) ++next;
      const auto holder = holders.find(m_rows.integer(2));
      if (holder == holders.end()) continue;
      if (next != results.end() && next->result == m_rows.integer(0)) next->holder_id = holder->second;
      const auto kind = static_cast<Kind>(m_rows.integer(1));
      if (kind == Kind::checkout) holder->second = m_rows.text(3);
      if (kind == Kind::checkin) holder->second.clear();
    }
    m_rows.reset();
  }

 private:
  std::string found_by(std::int64_t load, std::int64_t item) {
    std::string holder;
    if (m_before.with(load, item).next()) holder = m_before.text(0);
    m_before.reset();
    return holder;
  }

  Statement m_rows, m_before;
};

std::vector<SendableResult> read_all(const Database& database, Statement& rows) {
  std::vector<SendableResult> results;
  SendableReader reader(database);
  while (rows.next()) results.push_back(reader.read(rows));
  Holders holders(database);
  for (std::size_t begin = 0, end = 0; begin < results.size(); begin = end) {
    while (end < results.size() && results[end].name.load == results[begin].name.load) ++end;
    holders.note(std::span(results).subspan(begin, end - begin));
  }
  merge_loads(results);
  return results;
}

void check_load(const Database& database, std::int64_t load) {
  find_load(database, load);
  std::string why = why_undone(database, load);
  if (why.empty()) why = why_pruned(database, load);
  if (!why.empty()) database.fail(fmt::format("load {} can't be sent: {}.", load, why));
}

}  // namespace

bool SendableResult::has(Outcome outcome) const {
  return std::find(findings.begin(), findings.end(), outcome) != findings.end();
}

std::vector<SendableResult> find_sendable(const Database& database, const SendChoice& choice) {
  if (choice.load != 0) check_load(database, choice.load);
  const std::string done = choice.again
                               ? fmt::format(" AND (m.state IN {} OR m.released_at IS NOT NULL)", k_carried_out)
                               : " AND m.state <> 0";
  const std::string_view in_progress =
      choice.in_progress ? "p.released_at IS NULL AND (p.state IN (0, 1) OR p.send = ?3)" : "false AND p.send = ?3";
  Statement rows(database,
                 fmt::format("{}{}{} WHERE l.undone_at IS NULL AND l.pruned_at IS NULL "
                             "AND (l.load = ?1 OR (?1 = 0 AND (l.is_to_send = 1 OR l.started_at >= ?2))) AND {} "
                             "AND (NOT EXISTS (SELECT 1 FROM send_messages m WHERE m.result = r.result{}) "
                             "OR EXISTS (SELECT 1 FROM send_messages p WHERE p.result = r.result AND ({}))) "
                             "ORDER BY r.result",
                             k_columns, k_rows_of_loads, k_named_rows, k_is_sendable, done, in_progress));
  rows.with(choice.load, choice.not_before, choice.unfinished_send);
  return read_all(database, rows);
}

std::vector<SendableResult> find_sent_with(const Database& database, std::int64_t send) {
  Statement rows(database, fmt::format("{}{}{} WHERE r.result IN (SELECT result FROM send_messages WHERE send = ?1) "
                                       "ORDER BY r.result",
                                       k_columns, k_rows_of_loads, k_named_rows));
  rows.with(send);
  return read_all(database, rows);
}

std::set<std::int64_t> find_held_items(const Database& database, std::int64_t but_load) {
  Statement rows(database,
                 "SELECT DISTINCT r.item_no FROM send_messages m CROSS JOIN result_rows r ON r.result = m.result "
                 "WHERE m.state IN (9, 10, 11) AND m.released_at IS NULL AND r.item_no IS NOT NULL AND r.load <> ?1");
  rows.with(but_load);
  std::set<std::int64_t> items;
  while (rows.next()) items.insert(rows.integer(0));
  return items;
}

std::vector<SendCount> count_send_states(const Database& database) {
  Statement rows(database,
                 fmt::format("SELECT r.load, {}, count(*), count(CASE WHEN EXISTS (SELECT 1 FROM send_messages g "
                             "WHERE g.result = r.result AND g.released_at IS NOT NULL) THEN 1 END) {} WHERE "
                             "l.undone_at IS NULL AND l.pruned_at IS NULL "
                             "AND l.is_to_send = 1 AND {} GROUP BY 1, 2 ORDER BY 1, 2",
                             k_send_state, k_rows_of_loads, k_is_sendable));
  std::vector<SendCount> counts;
  while (rows.next())
    counts.push_back({rows.integer(0), static_cast<SendState>(rows.integer(1)), rows.integer(2), rows.integer(3)});
  return counts;
}

std::int64_t count_unsent(const Database& database, std::int64_t load) {
  Statement row(database,
                fmt::format("SELECT count(*) {} WHERE l.load = ?1 AND l.is_to_send = 1 AND l.undone_at IS NULL AND {} "
                            "AND {} IN (0, 1)",
                            k_rows_of_loads, k_is_sendable, k_send_state));
  row.with(load).next();
  return row.integer(0);
}

}  // namespace offcirc
