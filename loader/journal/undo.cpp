#include "loader/journal/undo.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "loader/circulation/change_writer.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"
#include "loader/journal/attempts.hpp"
#include "loader/journal/conflicts.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

/// RunError, with the reason, if the load can't be undone.
void check_undoable(const Database& database, std::int64_t load, const Zone& zone) {
  Statement row(database, "SELECT undone_at, undone_by, undone_in_part, pruned_at FROM loads WHERE load = ?1");
  row.with(find_load(database, load)).next();
  if (!row.is_null(0) && row.integer(2) == 0) {
    database.fail(fmt::format("load {} was already undone by {} at {}. Nothing was changed.", load, row.text(1),
                              iso_time(row.integer(0), zone)));
  }
  if (!row.is_null(3)) {
    database.fail(fmt::format("load {} can't be undone: 'offcirc prune' removed its data at {}. Nothing was changed.",
                              load, iso_time(row.integer(3), zone)));
  }
  if (const std::string why = why_sent(database, load); !why.empty())
    database.fail(fmt::format(
        "load {} can't be undone, because the live system has some of it: {}. Nothing was changed.", load, why));
}

/// A transaction that a later load retried belongs to that load. If this load were undone first, the transaction could
/// be loaded twice.
void add_run_again(const Database& database, std::int64_t load, Conflicts& conflicts) {
  for (const RunAgain& again : find_run_again(database, load)) {
    ++conflicts.count;
    const bool one = again.transactions == 1;
    conflicts.sentences.push_back(fmt::format("{} rejected transaction{}: load {} has retried {}", again.transactions,
                                              one ? "" : "s", again.load, one ? "it" : "them"));
  }
}

/// Whether rows that the load changed have not been restored.
bool is_left(const Database& database, std::int64_t load) {
  Statement left(database,
                 "SELECT EXISTS (SELECT 1 FROM added_users WHERE load = ?1) "
                 "OR EXISTS (SELECT 1 FROM changed_items WHERE load = ?1) "
                 "OR EXISTS (SELECT 1 FROM changed_holds WHERE load = ?1) "
                 "OR EXISTS (SELECT 1 FROM changed_bills WHERE load = ?1)");
  left.with(load).next();
  return left.integer(0) != 0;
}

void mark_undone(const Database& database, const UndoOptions& options, bool in_part) {
  Statement(database, "UPDATE loads SET undone_at = ?2, undone_by = ?3, undone_in_part = ?4 WHERE load = ?1")
      .with(options.load, options.invocation.at, options.invocation.operator_name, std::int64_t{in_part})
      .run();
  write_event(database, options.invocation,
              fmt::format("Load {} was undone{}.", options.load, in_part ? " in part" : ""));
}

}  // namespace

UndoOutcome undo_load(Database& database, const UndoOptions& options, const Zone& zone) {
  database.overwrite_removed();
  DbTransaction transaction(database);
  check_undoable(database, options.load, zone);
  Conflicts conflicts = find_conflicts(database, options.load, zone);
  add_run_again(database, options.load, conflicts);

  UndoOutcome outcome;
  outcome.changed_since = conflicts.sentences;
  outcome.changed_since_count = conflicts.count;
  if (conflicts.count > 0 && !options.partial) return outcome;

  remember_numbers(database);
  outcome.put_back = put_back_rows(database, options.load, keep_together(database, options.load, conflicts));
  mark_undone(database, options, conflicts.count > 0 || is_left(database, options.load));
  withdraw_sends(database, options.load);
  outcome.mails = withdraw_mails(database, options.load, options.invocation.at);
  transaction.commit();
  outcome.done = true;
  return outcome;
}

namespace {

/// The rows to keep, as tables that SQL can read.
struct KeptTables {
  KeptTables(Database& database, const KeptRows& kept)
      : items(database, "kept_items", "item_no INTEGER", kept.items.size(), rows_of(kept.items)),
        holds(database, "kept_holds", "hold_no INTEGER", kept.holds.size(), rows_of(kept.holds)),
        payers(database, "kept_payers", "user_no INTEGER", kept.payers.size(), rows_of(kept.payers)),
        users(database, "kept_users", "user_no INTEGER", kept.users.size(), rows_of(kept.users)) {}

  ArrayTable items, holds, payers, users;
};

// Conditions that select, in the tables that record what the load changed, the rows to restore.
constexpr std::string_view k_of_items = " WHERE load = ?1 AND item_no NOT IN (SELECT item_no FROM kept_items)";
constexpr std::string_view k_of_holds = " WHERE load = ?1 AND hold_no NOT IN (SELECT hold_no FROM kept_holds)";
constexpr std::string_view k_of_bills = " WHERE load = ?1 AND user_no NOT IN (SELECT user_no FROM kept_payers)";
constexpr std::string_view k_of_users = " WHERE load = ?1 AND user_no NOT IN (SELECT user_no FROM kept_users)";

/// The results whose effects are kept, so that their records must not be loaded again.
constexpr std::string_view k_standing_results = R"sql(
SELECT result FROM result_rows WHERE result BETWEEN ?1 AND ?2 AND disposition IN (0, 1) AND (
  (kind IN (SELECT kind FROM kinds WHERE code IN ('checkout', 'checkin', 'renewal'))
    AND item_no IN (SELECT item_no FROM kept_items))
  OR (kind = (SELECT kind FROM kinds WHERE code = 'payment') AND user_no IN (SELECT user_no FROM kept_payers))
  OR (kind = (SELECT kind FROM kinds WHERE code = 'registration') AND user_no IN (SELECT user_no FROM kept_users)))
)sql";

/// Each result that retried another, with the newest prior attempt whose load stands.
constexpr std::string_view k_earlier_tries = R"sql(
WITH RECURSIVE earlier(result, at) AS (
  SELECT result, retry_of FROM result_details WHERE result BETWEEN ?1 AND ?2 AND retry_of IS NOT NULL
  UNION ALL
  SELECT earlier.result, x.retry_of FROM earlier CROSS JOIN result_details x ON x.result = earlier.at
  WHERE x.retry_of IS NOT NULL)
SELECT earlier.result, max(earlier.at) AS counts
FROM earlier CROSS JOIN result_rows r ON r.result = earlier.at CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL
GROUP BY earlier.result
)sql";

class PuttingBack {
 public:
  PuttingBack(Database& database, std::int64_t load, const KeptRows& kept)
      : m_database(database), m_load(load), m_keeps_some(!kept.empty()), m_kept(database, kept) {}

  PutBack run() {
    put_back_charges();
    put_back_items();
    put_back_holds();
    put_back_bills();
    take_off_uses();
    put_back_users();
    forget_identities();
    return m_done;
  }

 private:
  void put_back_charges();
  void put_back_items();
  void put_back_holds();
  void put_back_bills();
  void take_off_uses();
  void put_back_users();
  void forget_identities();

  /// Runs `sql`, in which ?1 is the load. Returns how many rows it changed.
  std::int64_t run(const std::string& sql) { return Statement(m_database, sql).with(m_load).run(); }
  /// Deletes the record that the load changed these rows of `table`, and returns their number. RunError unless `done`,
  /// the number of rows that were restored, is the same.
  std::int64_t forget(std::string_view table, std::string_view rows, std::int64_t done);

  Database& m_database;
  std::int64_t m_load;
  bool m_keeps_some;
  KeptTables m_kept;
  PutBack m_done;
};

std::int64_t PuttingBack::forget(std::string_view table, std::string_view rows, std::int64_t done) {
  const std::int64_t forgotten = run(fmt::format("DELETE FROM {}{}", table, rows));
  expect_changes(m_database, done, static_cast<std::size_t>(forgotten), table);
  return forgotten;
}

void PuttingBack::put_back_charges() {
  const std::int64_t removed = run(fmt::format(
      "DELETE FROM charges WHERE item_no IN (SELECT item_no FROM changed_charges{} AND user_no_before IS NULL)",
      k_of_items));
  const std::int64_t written = run(fmt::format(
      "INSERT INTO charges(item_no, user_no, library, charged_at, due_at, rule, renewals, claims_returned_on) "
      "SELECT item_no, user_no_before, library_before, charged_at_before, due_at_before, rule_before, renewals_before, "
      "claims_returned_on_before FROM changed_charges{} AND user_no_before IS NOT NULL "
      "ON CONFLICT(item_no) DO UPDATE SET user_no = excluded.user_no, library = excluded.library, "
      "charged_at = excluded.charged_at, due_at = excluded.due_at, rule = excluded.rule, "
      "renewals = excluded.renewals, claims_returned_on = excluded.claims_returned_on",
      k_of_items));
  m_done.charges = forget("changed_charges", k_of_items, removed + written);
}

void PuttingBack::put_back_items() {
  const std::int64_t written = run(fmt::format(
      "UPDATE items SET current_location = CASE c.moved WHEN 1 THEN c.location_before ELSE current_location END, "
      "last_result = CASE WHEN c.last_result_after IS NULL THEN last_result ELSE c.last_result_before END "
      "FROM (SELECT * FROM changed_items{}) c WHERE items.item_no = c.item_no",
      k_of_items));
  m_done.items = forget("changed_items", k_of_items, written);
}

void PuttingBack::put_back_holds() {
  const std::int64_t written = run(fmt::format(
      "UPDATE holds SET item_no = c.item_no_before, status = c.status_before FROM (SELECT * FROM changed_holds{}) c "
      "WHERE holds.hold_no = c.hold_no",
      k_of_holds));
  m_done.holds = forget("changed_holds", k_of_holds, written);
}

void PuttingBack::put_back_bills() {
  const std::int64_t written =
      run(fmt::format("UPDATE bills SET amount_cents = c.amount_cents_before FROM (SELECT * FROM changed_bills{} AND "
                      "amount_cents_before IS NOT NULL) c WHERE bills.bill_no = c.bill_no",
                      k_of_bills));
  const std::int64_t removed = run(fmt::format(
      "DELETE FROM bills WHERE bill_no IN (SELECT bill_no FROM changed_bills{} AND amount_cents_before IS NULL)",
      k_of_bills));
  m_done.bills = forget("changed_bills", k_of_bills, written + removed);
}

// Other loads may have added to the counts since, so they are reduced rather than restored.
void PuttingBack::take_off_uses() {
  run("UPDATE uses SET count = max(uses.count - c.count, 0) FROM changed_uses c WHERE c.load = ?1 "
      "AND uses.library = c.library AND uses.day = c.day AND uses.item_type = c.item_type");
  run("DELETE FROM uses WHERE count = 0 "
      "AND (library, day, item_type) IN (SELECT library, day, item_type FROM changed_uses WHERE load = ?1)");
  m_done.uses = run("DELETE FROM changed_uses WHERE load = ?1");
}

void PuttingBack::put_back_users() {
  std::string before;
  for (int column = 0; column < k_user_column_count; ++column)
    before += fmt::format("{}json_extract(a.before, '$[{}]')", column == 0 ? "" : ", ", column);
  const std::int64_t written = run(fmt::format(
      "UPDATE users SET ({}) = (SELECT {} FROM (SELECT json_extract(content, '$.before') AS before FROM added_users "
      "WHERE load = ?1 AND user_no = users.user_no) a) WHERE user_no IN (SELECT user_no FROM added_users{} AND NOT {})",
      k_user_columns, before, k_of_users, k_is_registered));
  const std::string registered =
      fmt::format("user_no IN (SELECT user_no FROM added_users{} AND {})", k_of_users, k_is_registered);
  run(fmt::format("INSERT INTO former_users(user_no, user_id) SELECT user_no, user_id FROM users WHERE {}",
                  registered));
  const std::int64_t removed = run("DELETE FROM users WHERE " + registered);
  forget("added_users", k_of_users, written + removed);
  m_done.users = removed;
  m_done.edited_users = written;
}

// An identity that now points to a result of another load belongs to that load. Where this load retried a transaction,
// the prior attempt counts again.
void PuttingBack::forget_identities() {
  Statement results(m_database, "SELECT first_result, first_result + result_count - 1 FROM loads WHERE load = ?1");
  results.with(m_load).next();
  const std::string records = fmt::format(
      "identities.result BETWEEN ?1 AND ?2{} AND recorded IN (SELECT coalesce(x.identity_recorded, "
      "r.occurred_at - r.clock_shift) FROM result_rows r LEFT JOIN result_details x ON x.result = r.result "
      "WHERE r.result BETWEEN ?1 AND ?2)",
      // Compares the result that counts: a duplicate in the same load, which was already loaded, has the same identity.
      m_keeps_some ? fmt::format(" AND identities.result NOT IN ({})", k_standing_results) : "");
  const auto run_on_records = [&](const std::string& sql) {
    return Statement(m_database, sql).with(results.integer(0), results.integer(1)).run();
  };
  m_done.waiting =
      run_on_records(fmt::format("UPDATE identities SET result = earlier.counts FROM ({}) earlier "
                                 "WHERE identities.result = earlier.result AND {}",
                                 k_earlier_tries, records));
  m_done.records = run_on_records("DELETE FROM identities WHERE " + records);
}

}  // namespace

PutBack put_back_rows(Database& database, std::int64_t load, const KeptRows& kept) {
  return PuttingBack(database, load, kept).run();
}

}  // namespace offcirc
