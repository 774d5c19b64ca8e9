#include "loader/store/read_load.hpp"

#include <fmt/format.h>

#include "loader/store/journal_json.hpp"
#include "loader/store/shelf_journal.hpp"

namespace offcirc {

namespace {

std::optional<Disposition> disposition_called(std::string_view name) {
  for (int i = 0; i < k_disposition_count; ++i)
    if (name_of(static_cast<Disposition>(i)) == name) return static_cast<Disposition>(i);
  return std::nullopt;
}

// Reads one load; what its rows say that no offcirc writes ends the run.
class LoadReader {
 public:
  LoadReader(const Database& database, StoredLoad& load) : m_database(database), m_load(load) {}

  void read_head(std::int64_t load) {
    Statement head(m_database,
                   "SELECT load, started_at, finished_at, system_name, missing_stations, first_result, result_count, "
                   "undone_at, undone_by, undone_in_part, pruned_at FROM loads WHERE load = ?1");
    head.with(find_load(m_database, load)).next();
    m_load.load = head.integer(0);
    m_load.started_at = head.integer(1);
    m_load.finished_at = head.integer(2);
    m_load.system_name = head.text(3);
    m_load.missing_stations = understood(m_json.stations(head.text(4)), "its missing stations");
    m_first_result = head.integer(5);
    m_result_count = head.integer(6);
    if (!head.is_null(7)) m_load.undone_at = head.integer(7);
    m_load.undone_by = head.text(8);
    m_load.undone_in_part = head.integer(9) != 0;
    if (!head.is_null(10)) m_load.pruned_at = head.integer(10);
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
      log.notes = understood(m_json.notes(logs.text(8)), "the notes of a log");
    }
  }

  void read_results() {
    Statement rows(m_database,
                   "SELECT n, log, line, col, library, station, kind, recorded_at, occurred_at, user_id, item_id, "
                   "title, disposition, findings, due_at, due_from, bill_cents FROM results "
                   "WHERE result BETWEEN ?1 AND ?2 ORDER BY result");
    rows.with(m_first_result, m_first_result + m_result_count - 1);
    m_load.results.reserve(static_cast<std::size_t>(m_result_count));
    while (rows.next()) read_result(rows, m_load.results.emplace_back());
    if (m_load.results.size() != static_cast<std::size_t>(m_result_count)) fail("results are missing");
  }

 private:
  void read_result(const Statement& row, StoredResult& to) {
    to.n = static_cast<std::uint64_t>(row.integer(0));
    to.log = static_cast<std::uint32_t>(row.integer(1));
    if (to.log >= m_load.logs.size()) fail("a result is of no log");
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
    result.disposition = understood(disposition_called(row.text(12)), "a disposition");
    if (!row.is_null(13)) result.findings = understood(m_json.findings(row.text(13)), "the findings of a result");
    result.due_at = row.integer_or(14, k_no_time);
    result.due_from = understood(find_due_from(row.text(15)), "where a due date is from");
    result.made_bill = !row.is_null(16);
    result.bill_cents = row.integer_or(16, 0);
  }

  template <typename Value>
  Value understood(std::optional<Value> value, std::string_view what) const {
    if (!value) fail(fmt::format("{} can't be understood", what));
    return std::move(*value);
  }

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
  if (loads.is_null(0)) database.fail("nothing has been loaded yet. 'offcirc load' makes the first load.");
  const std::int64_t first = loads.integer(0), last = loads.integer(1);
  if (load == 0) return last;
  database.fail(fmt::format("there is no load {}. {}", load,
                            first == last ? fmt::format("The only one is load {}.", last)
                                          : fmt::format("There are loads {} to {}.", first, last)));
}

StoredLoad load_of_journal(const Database& database, std::int64_t load) {
  StoredLoad stored;
  LoadReader reader(database, stored);
  reader.read_head(load);
  reader.read_logs();
  reader.read_results();
  stored.shelf_lists = read_shelf_lists(database, stored.load);
  return stored;
}

}  // namespace offcirc
