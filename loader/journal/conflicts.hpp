// What a partial undo leaves alone: rows that have changed since, and all that belongs to the same transactions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// Which rows are otherwise now than a load left them, so that putting them back would undo somebody else's work.

struct Conflicts {
  std::vector<Row> items;  ///< because of the item itself or its charge
  std::vector<Row> holds;
  std::vector<Row> payers;             ///< users of bills
  std::vector<Row> users;              ///< whom the load registered
  std::vector<std::string> sentences;  ///< of the first ones
  std::size_t count = 0;               ///< of all
};

Conflicts find_conflicts(const Database& database, std::int64_t load, const Zone& zone);

// What a partial undo leaves as it is: the rows that have changed since, and all that belongs to the same transactions,
// so that none of these is half undone.

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
