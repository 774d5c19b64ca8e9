// What a partial undo leaves as it is: the rows that have changed since, and all that belongs to the same transactions,
// so that none of these is half undone.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/rules/state.hpp"
#include "loader/store/conflicts.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// In order of row.
struct KeptRows {
  std::vector<Row> items;  ///< with their charges
  std::vector<Row> holds;
  std::vector<Row> payers;  ///< users all of whose bills stay
  std::vector<Row> users;   ///< whom the load registered

  [[nodiscard]] bool empty() const { return items.empty() && holds.empty() && payers.empty() && users.empty(); }
};

/// An item stays with its charge, with its holds, and with the bills of whoever was billed for it; a payment stays with
/// all bills of its user.
KeptRows keep_together(const Database& database, std::int64_t load, const Conflicts& conflicts);

}  // namespace offcirc
