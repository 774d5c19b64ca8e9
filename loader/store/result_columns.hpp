// The columns of the journal's table of results, and what stands in each.
#pragma once

#include <span>
#include <string_view>

#include "loader/store/commit.hpp"
#include "loader/store/key_table.hpp"
#include "loader/store/rule_rows.hpp"

namespace offcirc {

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
