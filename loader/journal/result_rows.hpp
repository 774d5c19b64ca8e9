// The rows of the journal's tables of results: what every record has, and what only few have.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/database/key_table.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

/// The rows of circulation maps by which loads decided; the database has each once.
class MapRows {
 public:
  MapRows(Database& database, const CirculationMap& map);
  /// Adds the row to the database if it is new there. Called before number_of() for each index.
  void note(std::uint32_t index);
  [[nodiscard]] Row number_of(std::uint32_t index) const { return m_rows.at(index); }

 private:
  Database& m_database;
  const CirculationMap& m_map;
  Statement m_find, m_add;
  std::unordered_map<std::uint32_t, Row> m_rows;
};

/// The numbers by which the database knows what results name.
class NamedRows {
 public:
  /// Adds the circulation rules, and the rows of the circulation map, that are new.
  NamedRows(Database& database, const Replayed& replayed);
  /// For a state that has changed since, and a result that is none of those replayed.
  void renew(const Result& result);

  /// Null for none, likewise below.
  [[nodiscard]] Cell rule(CodeIndex rule) const;
  [[nodiscard]] Cell map_row(std::uint32_t map_row) const;
  /// Of the user, or item, whom the entry names.
  [[nodiscard]] Cell user(const Entry& entry) const { return cell_of(m_users, entry.user_key); }
  [[nodiscard]] Cell item(const Entry& entry) const { return cell_of(m_items, entry.item_key); }
  /// Whether the ID in the log is the row's own, so that the row's number says it.
  [[nodiscard]] bool says_user_id(const Entry& entry) const {
    return entry.user_key != k_none && m_users[entry.user_key] > 0;
  }
  [[nodiscard]] bool says_item_id(const Entry& entry) const {
    return entry.item_key != k_none && m_items[entry.item_key] > 0;
  }

 private:
  static Cell cell_of(const LargeVector<Row>& rows, std::uint32_t key) {
    if (key == k_none || rows[key] == 0) return {};
    return rows[key] < 0 ? -rows[key] : rows[key];
  }
  void number_keys();

  const State& m_state;
  std::vector<Row> m_rules;  // by index into State::rules
  MapRows m_map_rows;
  std::vector<Row> m_new_users;  // by slot, of those whom the load registers
  // By key of the batch, 0 if nobody has that ID. Negative: a user who was found by another ID. Rows of a million lines
  // are looked up in these small arrays instead of the state's.
  LargeVector<Row> m_users, m_items;
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

/// Columns of `result_rows` but for `result` and `load`, which say where the row is.
inline constexpr std::string_view k_result_columns =
    "desk, line, kind, disposition, outcome, occurred_at, clock_shift, user_no, item_no, due_at, due_from, loan_rule, "
    "map_row";
void add_cells(const EntryRow& row, RowCells& cells);
void add_cells(const UnreadableRow& row, RowCells& cells);

/// Columns of `result_details` but for `result`.
inline constexpr std::string_view k_detail_columns =
    "log, col, library, station, recorded_at, user_id, item_id, identity_recorded, identity_content, identity_ordinal, "
    "due_given, due_given_from, discharged_on, amount_cents, count, what, override_used, registration, time_is_given, "
    "bill_cents, fine_rule, retry_of";
/// Unreadable records always have details.
bool has_details(const EntryRow& row);
void add_details(const EntryRow& row, RowCells& cells);
void add_details(const UnreadableRow& row, RowCells& cells);

/// Writes what the numbers of kinds, dispositions and outcomes mean, for those who query the database.
void write_meanings(Database& database);

}  // namespace offcirc
