#include "loader/store/undo.hpp"

#include <fmt/format.h>

#include "loader/store/conflicts.hpp"
#include "loader/store/kept_rows.hpp"
#include "loader/store/mail_queue.hpp"
#include "loader/store/put_back.hpp"
#include "loader/store/read_load.hpp"
#include "loader/store/row_numbers.hpp"
#include "loader/store/tries.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

/// RunError where the load can't be undone, with the reason and what can be done instead.
void check_undoable(const Database& database, std::int64_t load, const Zone& zone) {
  Statement row(database,
                "SELECT keeps_changes, undone_at, undone_by, undone_in_part, pruned_at FROM loads WHERE load = ?1");
  row.with(find_load(database, load)).next();
  if (!row.is_null(1) && row.integer(3) == 0) {
    database.fail(fmt::format("load {} is undone already, by {} at {}; nothing was changed.", load, row.text(2),
                              iso_time(row.integer(1), zone)));
  }
  if (!row.is_null(4)) {
    database.fail(
        fmt::format("what load {} changed was removed at {} by 'offcirc prune', so it can't be undone any more; "
                    "nothing was changed.",
                    load, iso_time(row.integer(4), zone)));
  }
  if (row.integer(0) == 0) {
    database.fail(
        fmt::format("load {} was made by an older offcirc, which did not keep what it changed, so it can't be undone; "
                    "nothing was changed. Put back a copy of the database from before, if there is one.",
                    load));
  }
}

/// What a later load has run again is that load's: undone below it, it could be loaded once more.
void add_run_again(const Database& database, std::int64_t load, Conflicts& conflicts) {
  for (const RunAgain& again : find_run_again(database, load)) {
    ++conflicts.count;
    const bool one = again.transactions == 1;
    conflicts.sentences.push_back(fmt::format("{} rejected transaction{}: load {} has run {} again", again.transactions,
                                              one ? "" : "s", again.load, one ? "it" : "them"));
  }
}

/// Rows that the load changed and that are not put back.
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
  outcome.mails = withdraw_mails(database, options.load, options.invocation.at);
  transaction.commit();
  outcome.done = true;
  return outcome;
}

}  // namespace offcirc
