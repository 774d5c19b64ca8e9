// Builds the rows of the journal's tables of results: result_rows, which every record has, and result_details, which
// only few need.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/database/array_table.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

/// Numbers the rows of the circulation map that decided something. The database stores each row once.
class MapRows {
 public:
  MapRows(Database& database, const CirculationMap& map);
  /// Finds the row in the database, or adds it. Must be called for an index before number_of() is.
  void note(std::uint32_t index);
  [[nodiscard]] Row number_of(std::uint32_t index) const { return m_rows.at(index); }

 private:
  Database& m_database;
  const CirculationMap& m_map;
  Statement m_find, m_add;
  std::unordered_map<std::uint32_t, Row> m_rows;
};

/// The database's numbers of the users, items, rules and map rows that results refer to.
class NamedRows {
 public:
  /// Adds the circulation rules and the rows of the circulation map that the database does not have yet.
  NamedRows(Database& database, const Replayed& replayed);
  /// Call after the state has changed, with a result that was not among those replayed.
  void renew(const Result& result);

  /// Null if there is none, as in the functions below.
  [[nodiscard]] Cell rule(CodeIndex rule) const;
  [[nodiscard]] Cell map_row(std::uint32_t map_row) const;
  /// The row number of the user, or the item, that the entry names.
  [[nodiscard]] Cell user(const Entry& entry) const;
  [[nodiscard]] Cell item(const Entry& entry) const;
  /// Whether the ID in the log is that of the row itself, so that the row number is enough to tell it.
  [[nodiscard]] bool says_user_id(const Entry& entry) const {
    return entry.user_key != k_none && m_users[entry.user_key].by_own_id;
  }
  [[nodiscard]] bool says_item_id(const Entry& entry) const { return !item(entry).is_null(); }

 private:
  struct NamedUser {
    Row row = 0;             // 0: nobody has the ID
    bool by_own_id = false;  // not by an alternate or inactive ID
  };

  void number_keys();

  const State& m_state;
  std::vector<Row> m_rules;  // by index into State::rules
  MapRows m_map_rows;
  std::vector<Row> m_new_users;  // by slot; used for the users whom the load registers
  // By key of the batch. For a million lines, lookups in these small arrays are faster than in those of the state.
  LargeVector<NamedUser> m_users;
  LargeVector<Row> m_items;  // 0: there is no such item
};

struct EntryRow {
  const NamedRows& names;
  const Entry& entry;
  const BatchDesk& desk;
  const Transaction& transaction;
  const Result& result;
};

struct UnreadableRow {
  const UnreadableRecord& record;
  const Result& result;
};

/// Columns of `result_rows` except `result` and `load`, which identify the row.
inline constexpr std::string_view k_result_columns =
    "desk, line, kind, disposition, outcome, occurred_at, clock_shift, user_no, item_no, due_at, due_from, loan_rule, "
    "map_row";
void add_cells(const EntryRow& row, RowCells& cells);
void add_cells(const UnreadableRow& row, RowCells& cells);

/// Columns of `result_details` except `result`.
inline constexpr std::string_view k_detail_columns =
    "log, col, library, station, recorded_at, user_id, item_id, identity_recorded, identity_content, identity_ordinal, "
    "due_given, due_given_from, discharged_on, amount_cents, count, what, override_used, registration, time_is_given, "
    "done_online, bill_cents, fine_rule, retry_of";
/// Whether the record needs a row in `result_details`. Unreadable records always do.
bool has_details(const EntryRow& row);
/// A guess at has_details() that does not read the transaction, to show the progress of a commit.
bool probably_has_details(const Entry& entry, const Result& result);
void add_details(const EntryRow& row, RowCells& cells);
void add_details(const UnreadableRow& row, RowCells& cells);

/// Fills the tables that say what the numbers of kinds, dispositions and outcomes mean. Queries join them.
void write_meanings(Database& database);

}  // namespace offcirc
