// What became of one transaction: one outcome, notes, and what staff need to know of each.
#pragma once

#include <string_view>

#include "formats/transaction.hpp"
#include "loader/memory/block_array.hpp"
#include "loader/policy/outcome.hpp"
#include "loader/rules/code_index.hpp"
#include "loader/rules/finding_list.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

/// findings[0] is the outcome's, the others are the notes in their order; none at all where the outcome is `ok`.
struct Result {
  FindingList findings;
  Seconds due_at = k_no_time;  ///< UTC, k_never, or k_no_time where nothing was charged or renewed
  Cents bill_cents = 0;        ///< made by this transaction
  bool made_bill = false;
  DueFrom due_from = DueFrom::none;
  Disposition disposition = Disposition::loaded;
  AppliedRules rules = {};      ///< none where it was rejected
  std::string_view title = {};  ///< of its item, of the state; empty where there is none or nobody knows it

  [[nodiscard]] Outcome outcome() const { return findings.empty() ? Outcome::ok : findings.front().outcome; }
};

using Results = BlockArray<Result>;

}  // namespace offcirc
