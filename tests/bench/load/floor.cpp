// The lower bound: writes what a finished load wrote, with the same statements in the same order and in one database
// transaction, and does nothing else. Usage: bench_floor DATABASE LOAD COPY. DATABASE contains that load; COPY is the
// database before it.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/database/array_table.hpp"
#include "loader/progress.hpp"
#include "tests/bench/load/row_set.hpp"

namespace offcirc::bench {
namespace {

/// Statements that read their rows from an in-memory table of this name.
struct Write {
  std::string table, columns;
  RowSet rows;
  std::vector<std::string> statements;
};

class WriteSet {
 public:
  WriteSet(const Database& database, const Database& before, std::int64_t load) : m_database(database), m_load(load) {
    for (const char* table : {"configs", "libraries", "profiles", "locations", "rules", "map_rows"})
      add_whole(table, newer_than(before, table));
    const std::string of_load = fmt::format("WHERE load = {}", load);
    add_whole("loads", of_load);
    add_whole("load_logs", of_load);
    add_whole("load_desks", of_load);
    const std::string of_results =
        fmt::format("WHERE result IN (SELECT result FROM result_rows WHERE load = {})", load);
    add_whole("result_rows", of_load);
    add_whole("result_details", of_results);
    add_whole("result_findings", of_results);
    add_whole("identities", of_results + " ORDER BY recorded, content, ordinal");
    add_whole("load_holds", of_load);
    add_whole("load_due_charges", of_load);
    add_users();
    add_changes();
  }

  void write(Database& copy) const {
    for (const Write& write : m_writes) {
      if (write.rows.size() == 0) continue;
      const ArrayTable table(copy, write.table, write.columns, write.rows.size(),
                             [&](std::size_t row, RowCells& cells) { write.rows.add(row, cells); });
      for (const std::string& sql : write.statements) {
        Statement statement(copy, sql);
        if (sql.find("?1") != std::string::npos) statement.bind(1, m_load);
        statement.run();
      }
    }
  }

 private:
  /// The rows of a code table that are missing from `before`; the first column is their number.
  static std::string newer_than(const Database& before, const std::string& table) {
    const std::string key = table == "libraries" ? "library" : table.substr(0, table.size() - 1);
    Statement last(before, fmt::format("SELECT ifnull(max({}), 0) FROM {}", key, table));
    last.next();
    return fmt::format("WHERE {} > {}", key, last.integer(0));
  }

  void add_whole(const std::string& table, const std::string& rows) {
    RowSet set(m_database, table, rows);
    std::string names = set.names();
    std::string sql = fmt::format("INSERT INTO {0}({1}) SELECT {1} FROM written", table, names);
    m_writes.push_back({"written", std::move(names), std::move(set), {std::move(sql)}});
  }

  void add_users() {
    const std::string of_load =
        fmt::format("WHERE user_no IN (SELECT user_no FROM added_users WHERE load = {})", m_load);
    RowSet set(m_database, "users", of_load);
    std::string names = set.names();
    const std::string insert = fmt::format("INSERT INTO users({0}) SELECT {0} FROM changed", names);
    Statement first(m_database, "SELECT min(user_no) FROM added_users WHERE load = ?1");
    first.with(m_load).next();
    const std::string keep = sql_to_keep_users(first.integer(0) - 1);
    m_writes.push_back({"changed", std::move(names), std::move(set), {insert, keep}});
  }

  void add(std::string_view columns, std::string_view query, std::string_view texts,
           const std::vector<std::string_view>& statements) {
    m_writes.push_back({"changed",
                        std::string(columns),
                        RowSet(m_database, fmt::format(fmt::runtime(query), m_load), texts),
                        {statements.begin(), statements.end()}});
  }

  void add_changes() {
    add(k_charge_columns,
        "SELECT item_no, user_no_after, library_after, charged_at_after, due_at_after, rule_after, renewals_after, "
        "claims_returned_on_after FROM changed_charges WHERE load = {}",
        "nnnnnnnn", {k_keep_charges, k_remove_charges, k_write_charges});
    add(k_hold_columns, "SELECT hold_no, item_no_after, status_after FROM changed_holds WHERE load = {}", "nnt",
        {k_keep_holds, k_write_holds});
    add(k_item_columns, "SELECT item_no, moved, location_after, last_result_after FROM changed_items WHERE load = {}",
        "nnnn", {k_keep_items, k_write_items});
    add(k_changed_bill_columns,
        "SELECT bill_no, amount_cents_after FROM changed_bills WHERE load = {} AND amount_cents_before IS NOT NULL",
        "nn", {k_keep_changed_bills, k_write_changed_bills});
    add(k_new_bill_columns,
        "SELECT b.bill_no, b.bill_id, b.user_no, b.item_no, b.reason, b.amount_cents, b.library, b.billed_at "
        "FROM changed_bills c CROSS JOIN bills b ON b.bill_no = c.bill_no "
        "WHERE c.load = {} AND c.amount_cents_before IS NULL",
        "ntnntnnn", {k_keep_new_bills, k_write_new_bills});
    add(k_use_columns, "SELECT library, day, item_type, count FROM changed_uses WHERE load = {}", "nntn",
        {k_keep_uses, k_write_uses});
  }

  const Database& m_database;
  std::int64_t m_load;
  std::vector<Write> m_writes;
};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int run(int count, char** arguments) {
  if (count != 4) {
    fmt::print(stderr, "usage: bench_floor DATABASE LOAD COPY\n");
    return 2;
  }
  try {
    const Database finished(arguments[1], Database::Mode::read);
    const Database before(arguments[3], Database::Mode::read);
    const WriteSet writes(finished, before, std::stoll(arguments[2]));
    const double cpu = cpu_seconds();
    const auto began = std::chrono::steady_clock::now();
    {
      Database copy(arguments[3], Database::Mode::write);
      DbTransaction transaction(copy);
      writes.write(copy);
      transaction.commit();
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    fmt::print("{:.6f} {:.6f}\n", cpu_seconds() - cpu, wall.count());
    return 0;
  } catch (const RunError& error) {
    fmt::print(stderr, "bench_floor: {}\n", error.what());
    return 2;
  }
}

}  // namespace
}  // namespace offcirc::bench

int main(int count, char** arguments) {
  return offcirc::bench::run(count, arguments);
}
