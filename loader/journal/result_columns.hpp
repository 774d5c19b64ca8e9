// The columns of the journal's table of results, and the rules they refer to.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/database/key_table.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

// The circulation rules, and the rows of the circulation map, by which a load decided: each is in the journal once.

class RuleRows {
 public:
  /// Adds those to the database that are new.
  RuleRows(Database& database, const Replayed& replayed);

  /// Null for none.
  [[nodiscard]] Cell rule(CodeIndex rule) const;
  [[nodiscard]] Cell map_row(std::uint32_t map_row) const;

 private:
  std::vector<Row> m_rules;                           // by index into State::rules
  std::unordered_map<std::uint32_t, Row> m_map_rows;  // by index into the map's rows
};

// The columns of the journal's table of results, and what stands in each.

/// `cells` keeps texts that are made for the row.
struct EntryRow {
  const RuleRows& rules;
  const Entry& entry;
  const BatchDesk& desk;
  const Transaction& transaction;
  const Result& result;
  RowCells& cells;
};

struct UnreadableRow {
  const UnreadableRecord& record;
  const Result& result;
  RowCells& cells;
};

/// A column of the table `results`, and its cell for an entry and for an unreadable record.
struct ResultColumn {
  std::string_view name;
  Cell (*of_entry)(const EntryRow&);
  Cell (*of_unreadable)(const UnreadableRow&);
};

/// All but `result`, `load` and `n`, which say where the row stands.
std::span<const ResultColumn> columns_of_results();
/// The cells of all columns, in their order.
void add_cells(const EntryRow& row);
void add_cells(const UnreadableRow& row);

}  // namespace offcirc
