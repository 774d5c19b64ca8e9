// Finds what a partial undo must leave alone: rows that were modified since the load, and everything else that belongs
// to the same transactions, so that none of these is half undone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Rows that were modified since the load, or that a later load used. Undoing them would lose that work.
struct Conflicts {
  std::vector<Row> items;  ///< the item itself or its charge was modified
  std::vector<Row> holds;
  std::vector<Row> payers;             ///< users whose bills were modified
  std::vector<Row> users;              ///< registered or edited by the load
  std::vector<std::string> sentences;  ///< one for each of the first conflicts, without a final period
  std::size_t count = 0;               ///< of all conflicts, those in counts of in-house uses included
};

/// Finds all conflicts of undoing `load`. Times in the sentences are in `zone`.
Conflicts find_conflicts(const Database& database, std::int64_t load, const Zone& zone);

/// The rows that a partial undo leaves as they are, each list in order of row.
struct KeptRows {
  std::vector<Row> items;  ///< with their charges
  std::vector<Row> holds;
  std::vector<Row> payers;  ///< users all of whose bills are kept
  std::vector<Row> users;   ///< registered or edited by the load

  [[nodiscard]] bool empty() const { return items.empty() && holds.empty() && payers.empty() && users.empty(); }
};

/// Adds to the conflicts everything that belongs to the same transactions. A kept item keeps its charge, its holds and
/// all bills of the users who were billed for it. A user whose bills are kept keeps the items that were billed.
KeptRows keep_together(const Database& database, std::int64_t load, const Conflicts& conflicts);

}  // namespace offcirc
