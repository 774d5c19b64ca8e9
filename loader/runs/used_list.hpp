// Compares a load with the delinquent list that the stations had in the outage: what the list should have stopped, and
// did not.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Workstations ignore a list that is older than this.
inline constexpr Seconds k_list_valid_seconds = 5 * k_day_seconds;

struct UsedList {
  Seconds made_at = k_no_time;                            ///< UTC; k_no_time: the list is empty, so it need not say
  std::map<std::string, std::string, std::less<>> codes;  ///< by ID; several codes are separated by blanks
};

/// Reads either format of delinquent_list_text(). Throws RunError, with the line, if the list can't be read, or if it
/// has users but does not say when it was made.
UsedList read_used_list(const std::filesystem::path& file, const Zone& zone);

/// Adds notes to each log about its new checkouts to users on the list: one for those while the list was valid, and one
/// for those when it was too old. Ignores checkouts before the list was made. `results` are by entry.
void note_listed_checkouts(Batch& batch, const Results& results, const UsedList& list, const Zone& zone);

}  // namespace offcirc
