#include "loader/journal/read_load.hpp"

#include <fmt/format.h>

#include <utility>

#include "loader/journal/attempts.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/journal_text.hpp"

namespace offcirc {

namespace {

std::optional<Disposition> disposition_called(std::string_view name) {
  for (int i = 0; i < k_disposition_count; ++i)
    if (name_of(static_cast<Disposition>(i)) == name) return static_cast<Disposition>(i);
  return std::nullopt;
}

}  // namespace

StoredResult ResultReader::read(const Statement& row, std::int64_t load) {
  StoredResult to;
  to.n = static_cast<std::uint64_t>(row.integer(0));
  to.log = static_cast<std::uint32_t>(row.integer(1));
  to.line = static_cast<std::uint32_t>(row.integer(2));
  to.column = static_cast<std::uint32_t>(row.integer_or(3, 0));
  to.library = row.text(4);
  to.station = row.text(5);
  to.kind = row.text(6);
  to.recorded_at = row.integer_or(7, k_no_time);
  to.occurred_at = row.integer_or(8, k_no_time);
  to.user_id = row.text(9);
  to.item_id = row.text(10);
  to.title = row.text(11);
  Result& result = to.result;
  result.disposition = understood(disposition_called(row.text(12)), m_database, load, "a disposition");
  if (!row.is_null(13))
    result.findings = understood(m_json.findings(row.text(13)), m_database, load, "the findings of a result");
  if (result.disposition == Disposition::unreadable) to.is_doubtful = m_json.is_doubtful(row.text(13));
  result.due_at = row.integer_or(14, k_no_time);
  result.due_from = understood(find_due_from(row.text(15)), m_database, load, "the source of a due date");
  result.made_bill = !row.is_null(16);
  result.bill_cents = row.integer_or(16, 0);
  if (!row.is_null(17)) to.retry_of = ResultName{row.integer(17), static_cast<std::uint64_t>(row.integer(18))};
  to.what = row.text(19);
  return to;
}

namespace {

// Reads one load. RunError if a row holds what no offcirc writes.
class LoadReader {
 public:
  LoadReader(const Database& database, StoredLoad& load) : m_database(database), m_load(load) {}

  void read_head(std::int64_t load) {
    Statement head(m_database,
                   "SELECT load, started_at, finished_at, system_name, missing_stations, first_result, result_count, "
                   "operator, undone_at, undone_by, undone_in_part, pruned_at FROM loads WHERE load = ?1");
    head.with(find_load(m_database, load)).next();
    m_load.load = head.integer(0);
    m_load.started_at = head.integer(1);
    m_load.finished_at = head.integer(2);
    m_load.system_name = head.text(3);
    m_load.missing_stations =
        understood(m_json.stations(head.text(4)), m_database, m_load.load, "its missing stations");
    m_first_result = head.integer(5);
    m_result_count = head.integer(6);
    m_load.operator_name = head.text(7);
    if (!head.is_null(8)) m_load.undone_at = head.integer(8);
    m_load.undone_by = head.text(9);
    m_load.undone_in_part = head.integer(10) != 0;
    if (!head.is_null(11)) m_load.pruned_at = head.integer(11);
  }

  void read_logs() {
    Statement logs(m_database,
                   "SELECT path, format, library, station, digest, records, blank, error, notes FROM load_logs "
                   "WHERE load = ?1 ORDER BY log");
    logs.with(m_load.load);
    while (logs.next()) {
      Log& log = m_load.logs.emplace_back();
      log.path = logs.text(0);
      log.format = logs.text(1);
      log.library = logs.text(2);
      log.station = logs.text(3);
      log.digest = logs.text(4);
      log.records = static_cast<std::uint64_t>(logs.integer(5));
      log.blank = static_cast<std::uint64_t>(logs.integer(6));
      if (!logs.is_null(7)) log.error = logs.text(7);
      log.notes = understood(m_json.notes(logs.text(8)), m_database, m_load.load, "the notes of a log");
    }
  }

  void read_results() {
    Statement rows(m_database, fmt::format("SELECT {} FROM results r {} WHERE r.result BETWEEN ?1 AND ?2 "
                                           "ORDER BY r.result",
                                           ResultReader::k_columns, ResultReader::k_joins));
    const std::int64_t last_result = m_first_result + m_result_count - 1;
    rows.with(m_first_result, last_result);
    m_load.results.reserve(static_cast<std::size_t>(m_result_count));
    ResultReader reader(m_database);
    while (rows.next()) {
      m_load.results.push_back(reader.read(rows, m_load.load));
      if (m_load.results.back().log >= m_load.logs.size()) fail("a result belongs to no log");
    }
    if (m_load.results.size() != static_cast<std::size_t>(m_result_count)) fail("results are missing");
    for (const auto& [result, later] : find_later_tries(m_database, m_first_result, last_result))
      m_load.results[static_cast<std::size_t>(result - m_first_result)].retried_as = later;
    for (const auto& [result, dismissal] : find_dismissals(m_database, m_first_result, last_result))
      m_load.results[static_cast<std::size_t>(result - m_first_result)].dismissed = dismissal;
    for (auto& [result, sent] : find_sends(m_database, m_first_result, last_result))
      m_load.results[static_cast<std::size_t>(result - m_first_result)].sent = std::make_shared<const StoredSend>(sent);
  }

 private:
  [[noreturn]] void fail(std::string_view what) const {
    m_database.fail_as_damaged(fmt::format("load {}: {}", m_load.load, what));
  }

  const Database& m_database;
  StoredLoad& m_load;
  JournalJson m_json;
  std::int64_t m_first_result = 0, m_result_count = 0;
};

}  // namespace

std::int64_t find_load(const Database& database, std::int64_t load) {
  Statement known(database, "SELECT 1 FROM loads WHERE load = ?1");
  if (known.with(load).next()) return load;
  Statement loads(database, "SELECT min(load), max(load) FROM loads");
  loads.next();
  if (loads.is_null(0)) database.fail("nothing has been loaded yet. Run 'offcirc load'.");
  const std::int64_t first = loads.integer(0), last = loads.integer(1);
  if (load == 0) return last;
  database.fail(fmt::format("there is no load {}. {}", load,
                            first == last ? fmt::format("The only one is load {}.", last)
                                          : fmt::format("The loads are {} to {}.", first, last)));
}

StoredLoad load_of_journal(Database& database, std::int64_t load) {
  const DbTransaction transaction(database);
  StoredLoad stored;
  LoadReader reader(database, stored);
  reader.read_head(load);
  reader.read_logs();
  reader.read_results();
  stored.shelf_lists = read_shelf_lists(database, stored.load);
  return stored;
}

}  // namespace offcirc
