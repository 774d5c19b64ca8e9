// Everything that the report of a load is made from.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/result.hpp"
#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

struct LoadOutcome {
  std::int64_t load = 0;  ///< 0 in a dry run
  bool dry_run = false;
  std::string operator_name;  ///< who ran it
  Seconds started_at = 0, finished_at = 0;
  Batch batch;
  TextMemory ids;                    ///< text that the IDs of the batch point into
  Results results;                   ///< by Batch::entries
  Results unreadable;                ///< by Batch::unreadable
  std::vector<std::int64_t> closed;  ///< result rows of unreadable records whose complete records have come since
  std::vector<LibraryStation> missing_stations;
  ShelfLists shelf_lists;
  std::vector<std::string>
      mails;    ///< libraries to mail a report to, by code; empty: the whole report, to the system's addresses
  State state;  ///< after the replay; in the end only its text, which the titles of results point into
};

}  // namespace offcirc
