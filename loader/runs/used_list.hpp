// The delinquent list that the stations had in an outage: what it should have stopped, and did not.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Workstations do not ask a list any more that is older.
inline constexpr Seconds k_list_valid_seconds = 5 * k_day_seconds;

struct UsedList {
  Seconds made_at = k_no_time;                            ///< UTC; k_no_time: it lists nobody and so need not say
  std::map<std::string, std::string, std::less<>> codes;  ///< by ID; several codes are separated by blanks
};

/// Either form that delinquent_list_text() writes. RunError, with the line, where it can't be read, or lists somebody
/// and does not say when it was made.
UsedList read_used_list(const std::filesystem::path& file, const Zone& zone);

/// Notes on each log, once for either, which of its checkouts that were not loaded before were to users whom the list
/// had, and whether it was still young enough to be asked. A checkout before the list was made is none of them. Results
/// are by entry.
void note_listed_checkouts(Batch& batch, const Results& results, const UsedList& list, const Zone& zone);

}  // namespace offcirc
