// Writes the changes of one load to the tables of users, items, charges, holds, bills and counts, and into the journal
// how each of these rows was before and is after, so that the load can be undone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "loader/store/commit.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

/// Numbers of the database by the policy's and the state's indices; all are there before the first row is written.
struct CodeRows {
  CodeRows(Database& database, const Policy& policy, const State& state);

  std::vector<Row> libraries, profiles, locations, rules;
};

/// Null for an index that is none.
inline Cell code_cell(const std::vector<Row>& rows, std::size_t index) {
  return index < rows.size() ? Cell(rows[index]) : Cell();
}
/// Null for the value that stands for none.
inline Cell cell_unless(std::int64_t value, std::int64_t no_value) {
  return value == no_value ? Cell() : Cell(value);
}

/// A table a function, each in the order of the table's key. Users come first: the others need their rows.
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
  void write_new_bills();  // behind the changed ones, whose numbers are lower
  void write_uses();

 private:
  /// A statement that reads from `changed`, and how many rows it has to change.
  struct Step {
    std::string_view sql;
    std::size_t expected;
    bool of_load = false;  ///< ?1 is the load
  };

  /// Runs the steps of one table in their order, with `count` rows in `changed`.
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
  std::vector<Row> m_user_rows;  // by slot, the new ones included
};

}  // namespace offcirc
