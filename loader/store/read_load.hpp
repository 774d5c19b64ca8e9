// A load as the journal has it: what was read from which logs, and what became of each record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/rules/shelf_lists.hpp"
#include "loader/store/result_reader.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

struct StoredLoad {
  std::int64_t load = 0;
  Seconds started_at = 0, finished_at = 0;  ///< UTC
  std::string operator_name;                ///< who ran it
  std::optional<Seconds> undone_at;         ///< it does not stand any more
  std::string undone_by;
  bool undone_in_part = false;       ///< some of it stands
  std::optional<Seconds> pruned_at;  ///< what it said of people was removed
  std::string system_name;           ///< as configured then; empty where a version that did not keep it wrote it
  std::vector<Log> logs;             ///< in bytewise order of path
  std::vector<LibraryStation> missing_stations;
  std::vector<StoredResult> results;  ///< by n
  ShelfLists shelf_lists;
};

/// The number of that load, of the newest where it is 0. RunError, with those that there are, where there is none.
std::int64_t find_load(const Database& database, std::int64_t load);

/// The newest load where `load` is 0. RunError where there is no such load, or the journal can't be understood.
StoredLoad load_of_journal(const Database& database, std::int64_t load);

}  // namespace offcirc
