// The columns of the journal's table of results, and what stands in each.
#pragma once

#include <span>
#include <string_view>

#include "loader/store/commit.hpp"
#include "loader/store/rule_rows.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

struct EntryRow {
  const RuleRows& rules;
  const Entry& entry;
  const Transaction& transaction;
  const Result& result;
};

struct UnreadableRow {
  const UnreadableRecord& record;
  const Result& result;
};

/// A column of the table `results`, and its cell for an entry and for an unreadable record.
struct ResultColumn {
  std::string_view name;
  Cell (*of_entry)(const EntryRow&);
  Cell (*of_unreadable)(const UnreadableRow&);
};

/// All but `result`, `load` and `n`, which say where the row stands.
std::span<const ResultColumn> columns_of_results();

}  // namespace offcirc
