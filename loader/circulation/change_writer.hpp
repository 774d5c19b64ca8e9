// Writes the changes of one load to the circulation tables, and records in the journal how each row was before and is
// after, so that the load can be undone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/array_table.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

/// Everything that a load hands over to be written.
struct Replayed {
  const State& state;
  const Policy& policy;
  const Batch& batch;
  const Results& results;     ///< by Batch::entries
  const Results& unreadable;  ///< by Batch::unreadable
};

/// The numbers of a load and of its results in the journal.
struct JournalPlace {
  std::int64_t load = 0;
  std::int64_t first_result = 0;  ///< of entry 0; the other entries follow, then the unreadable records
};

/// The row number of each user of the state, by slot. Users whom the load registers get the numbers after the last one.
std::vector<Row> rows_of_users(const Database& database, const State& state);

/// Writes the users, charges, holds, bills, items and counts of uses that the load changed. Call within its database
/// transaction.
void write_changes(Database& database, const Replayed& replayed, const JournalPlace& place);

/// RunError unless a statement changed as many rows of `table` as it had to. If not, another program has written to the
/// database, or it is damaged.
void expect_changes(const Database& database, std::int64_t changed, std::size_t expected, std::string_view table);

// The statements that write what a load changed, and record in the journal how each row was before. They read a table
// in memory called `changed`, which is in order of the key; ?1 is the load.

inline constexpr std::string_view k_item_columns = "item_no INTEGER, moved INTEGER, location INTEGER, result INTEGER";
inline constexpr std::string_view k_keep_items =
    "INSERT INTO changed_items(load, item_no, moved, location_before, location_after, last_result_before, "
    "last_result_after) "
    "SELECT ?1, i.item_no, changed.moved, CASE changed.moved WHEN 1 THEN i.current_location END, changed.location, "
    "CASE WHEN changed.result IS NOT NULL THEN i.last_result END, changed.result "
    "FROM changed CROSS JOIN items i ON i.item_no = changed.item_no";
inline constexpr std::string_view k_write_items =
    "UPDATE items SET current_location = CASE changed.moved WHEN 1 THEN changed.location ELSE current_location END, "
    "last_result = coalesce(changed.result, last_result) FROM changed WHERE items.item_no = changed.item_no";

// A NULL user_no: the charge was closed.
inline constexpr std::string_view k_charge_columns =
    "item_no, user_no, library, charged_at, due_at, rule, renewals, claims_returned_on";
inline constexpr std::string_view k_keep_charges =
    "INSERT INTO changed_charges(load, item_no, "
    "user_no_before, library_before, charged_at_before, due_at_before, rule_before, renewals_before, "
    "claims_returned_on_before, "
    "user_no_after, library_after, charged_at_after, due_at_after, rule_after, renewals_after, "
    "claims_returned_on_after) "
    "SELECT ?1, n.item_no, c.user_no, c.library, c.charged_at, c.due_at, c.rule, c.renewals, c.claims_returned_on, "
    "n.user_no, n.library, n.charged_at, n.due_at, n.rule, n.renewals, n.claims_returned_on "
    "FROM changed n LEFT JOIN charges c ON c.item_no = n.item_no";
inline constexpr std::string_view k_write_charges =
    "INSERT INTO charges(item_no, user_no, library, charged_at, due_at, rule, renewals, claims_returned_on) "
    "SELECT item_no, user_no, library, charged_at, due_at, rule, renewals, claims_returned_on FROM changed "
    "WHERE user_no IS NOT NULL "
    "ON CONFLICT(item_no) DO UPDATE SET user_no = excluded.user_no, library = excluded.library, "
    "charged_at = excluded.charged_at, due_at = excluded.due_at, rule = excluded.rule, "
    "renewals = excluded.renewals, claims_returned_on = excluded.claims_returned_on";
inline constexpr std::string_view k_remove_charges =
    "DELETE FROM charges WHERE item_no IN (SELECT item_no FROM changed WHERE user_no IS NULL)";

inline constexpr std::string_view k_hold_columns = "hold_no INTEGER, item_no INTEGER, status TEXT";
inline constexpr std::string_view k_keep_holds =
    "INSERT INTO changed_holds(load, hold_no, item_no_before, status_before, item_no_after, status_after) "
    "SELECT ?1, h.hold_no, h.item_no, h.status, changed.item_no, changed.status "
    "FROM changed CROSS JOIN holds h ON h.hold_no = changed.hold_no";
inline constexpr std::string_view k_write_holds =
    "UPDATE holds SET item_no = changed.item_no, status = changed.status FROM changed "
    "WHERE holds.hold_no = changed.hold_no";

inline constexpr std::string_view k_new_bill_columns =
    "bill_no, bill_id, user_no, item_no, reason, amount_cents, library, billed_at";
inline constexpr std::string_view k_keep_new_bills =
    "INSERT INTO changed_bills(load, bill_no, user_no, amount_cents_after, item_no, reason, library, billed_at) "
    "SELECT ?1, bill_no, user_no, amount_cents, item_no, reason, library, billed_at FROM changed";
inline constexpr std::string_view k_write_new_bills =
    "INSERT INTO bills(bill_no, bill_id, user_no, item_no, reason, amount_cents, library, billed_at) "
    "SELECT bill_no, bill_id, user_no, item_no, reason, amount_cents, library, billed_at FROM changed";

inline constexpr std::string_view k_changed_bill_columns = "bill_no INTEGER, amount_cents INTEGER";
inline constexpr std::string_view k_keep_changed_bills =
    "INSERT INTO changed_bills(load, bill_no, user_no, amount_cents_before, amount_cents_after) "
    "SELECT ?1, b.bill_no, b.user_no, b.amount_cents, changed.amount_cents "
    "FROM changed CROSS JOIN bills b ON b.bill_no = changed.bill_no";
inline constexpr std::string_view k_write_changed_bills =
    "UPDATE bills SET amount_cents = changed.amount_cents FROM changed WHERE bills.bill_no = changed.bill_no";

// `changed` may have several rows for one library, day and type, so their counts are added.
inline constexpr std::string_view k_use_columns = "library, day, item_type, count";
inline constexpr std::string_view k_keep_uses =
    "INSERT INTO changed_uses(load, library, day, item_type, count) "
    "SELECT ?1, library, day, item_type, count FROM changed "
    "WHERE true ON CONFLICT DO UPDATE SET count = count + excluded.count";
inline constexpr std::string_view k_write_uses =
    "INSERT INTO uses(library, day, item_type, count) "
    "SELECT library, day, item_type, count FROM changed "
    "WHERE true ON CONFLICT DO UPDATE SET count = count + excluded.count";

/// The database's numbers of codes, by index in the policy or the state. New codes are added to the database first, so
/// that rows can refer to them.
struct CodeRows {
  CodeRows(Database& database, const Policy& policy, const State& state);

  std::vector<Row> libraries, profiles, locations, rules;
};

/// Null if `index` stands for no code.
inline Cell code_cell(const std::vector<Row>& rows, std::size_t index) {
  return index < rows.size() ? Cell(rows[index]) : Cell();
}
/// Null if `value` is the one that stands for none.
inline Cell cell_unless(std::int64_t value, std::int64_t no_value) {
  return value == no_value ? Cell() : Cell(value);
}

/// Each function writes one table, in order of its key. write_users() comes first, since the others need the row
/// numbers of new users.
class ChangeWriter {
 public:
  ChangeWriter(Database& database, const Replayed& replayed, const JournalPlace& place)
      : m_database(database),
        m_replayed(replayed),
        m_state(replayed.state),
        m_place(place),
        m_codes(database, replayed.policy, replayed.state) {}

  void write_users();
  void write_edited_users();
  void write_charges();
  void write_holds();
  void write_items();
  void write_changed_bills();
  void write_new_bills();  // after the changed ones, whose numbers are lower
  void write_uses();

 private:
  /// A statement that reads `changed`, and how many rows it must change.
  struct Step {
    std::string_view sql;
    std::size_t expected;
    bool of_load = false;  ///< ?1 is the load
  };

  /// Runs the steps for one table in order, with `count` rows from `source` in `changed`.
  void write(std::string_view table, const std::string& columns, std::size_t count, RowSource source,
             std::initializer_list<Step> steps);
  template <typename Array, typename Condition>
  static std::vector<Slot> slots_where(const Array& array, Condition condition) {
    std::vector<Slot> slots;
    for (Slot slot = 0; slot < array.size(); ++slot) {
      if (condition(array[slot])) slots.push_back(slot);
    }
    return slots;
  }
  [[nodiscard]] std::vector<Slot> touched_charges() const;
  [[nodiscard]] Cell user_cell(Slot user) const { return m_user_rows[user]; }
  void add_user(Slot user, RowCells& cells) const;
  void add_edited_user(Slot user, RowCells& cells) const;
  void add_details(const UserDetails& details, RowCells& cells) const;
  void add_charge(const Charge& charge, RowCells& cells) const;
  [[nodiscard]] std::vector<std::string> new_bill_ids(const std::vector<Slot>& bills) const;

  Database& m_database;
  const Replayed& m_replayed;
  const State& m_state;
  JournalPlace m_place;
  CodeRows m_codes;
  std::vector<Row> m_user_rows;  // by slot, new users included
};

}  // namespace offcirc
