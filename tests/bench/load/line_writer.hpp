// Writes the effects of one transaction, statement by statement: its result and identity, and each row that it changed
// along with its state before the load.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "loader/circulation/change_writer.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/result_rows.hpp"
#include "tests/bench/load/line_state.hpp"

namespace offcirc::bench {

class LineWriter {
 public:
  /// Requires all codes to be in `state`. Sets `carried` to the state at the start of the load.
  LineWriter(Database& database, const Policy& policy, const Batch& batch, State& state, Carried& carried);

  void write_head(const LoadHead& head);
  bool is_recorded(const Identity& identity);
  /// After write_changes(), which gives new users their rows.
  void write_result(std::uint32_t index, const Result& result, bool recorded);
  void write_unreadable(const UnreadableRecord& record, const Result& result, bool recorded);
  void write_changes(std::uint32_t index);
  [[nodiscard]] std::int64_t load() const { return m_place.load; }

 private:
  void write_findings(const FindingList& findings, bool is_doubtful = false);
  void write_identity(const Identity& identity, bool recorded);
  void write_user(User& user, std::uint32_t index);
  void write_item(const Item& item, const Entry& entry);
  void write_charges();
  void write_charge(const Charge& charge);
  void write_holds();
  void write_bills(const Entry& entry);
  void write_uses();
  void carry(std::uint32_t index);
  void write_row(Statement& statement, std::initializer_list<Cell> place, const RowCells& cells);
  [[nodiscard]] Cell user_cell(Slot user) const { return m_state.users[user].row; }

  Database& m_database;
  const Policy& m_policy;
  const Batch& m_batch;
  State& m_state;
  Carried& m_carried;
  JournalPlace m_place;
  Results m_no_results;  // each line has its own
  Replayed m_replayed;
  NamedRows m_names;
  CodeRows m_codes;
  std::int64_t m_written = 0;
  Row m_last_user = 0, m_last_bill = 0;
  Statement m_find_identity, m_add_identity, m_add_result, m_add_details, m_add_findings, m_add_user, m_keep_user,
      m_keep_item, m_item, m_keep_charge, m_remove_charge, m_charge, m_keep_hold, m_hold, m_keep_bill, m_add_bill,
      m_keep_new_bill, m_bill, m_keep_use, m_use;
};

}  // namespace offcirc::bench
