// What a load leaves in the database: the rows that it changed, and its journal.
#pragma once

#include <cstdint>
#include <span>

#include "loader/intake/batch.hpp"
#include "loader/policy/policy.hpp"
#include "loader/rules/result.hpp"
#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

/// All that a load hands over to be written.
struct Replayed {
  const State& state;
  const Policy& policy;
  const Batch& batch;
  const Results& results;     ///< by Batch::entries
  const Results& unreadable;  ///< by Batch::unreadable
};

/// Where a load stands in the journal.
struct JournalPlace {
  std::int64_t load = 0;
  std::int64_t first_result = 0;  ///< of entry 0; those of the others follow in order, the unreadable records behind
};

/// Writes the load, its logs, its results and their identities.
JournalPlace write_journal(Database& database, const Replayed& replayed, const LoadHead& head);

/// Writes users, charges, holds, bills, items and counts as far as the load changed them.
void write_changes(Database& database, const Replayed& replayed, const JournalPlace& place);

/// RunError where a statement did not change as many rows as it had to: somebody else has written, or the database is
/// damaged.
void expect_changes(const Database& database, std::int64_t changed, std::size_t expected, std::string_view table);

}  // namespace offcirc
