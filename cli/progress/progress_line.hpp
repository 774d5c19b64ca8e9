// The one line that says how far a run has come: what it is busy with, how much of it is done, how fast it goes, and
// how long it will still take.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "loader/progress.hpp"

namespace offcirc {

struct ProgressState {
  Stage stage = Stage::reading;
  std::optional<double> part;                  ///< of the whole run, 0 to 1; none while that can't be told
  std::optional<double> lines_a_second;        ///< of this stage
  std::optional<std::chrono::seconds> left;    ///< of the whole run
  std::optional<std::chrono::seconds> waited;  ///< while nothing can be done
};

/// At most `columns` of plain ASCII without line breaks: `Deciding   [====>     ]  47 %  310,000 lines/s  12 s left`.
/// Where it gets narrow, the rate goes first, then the bar, then the time.
std::string progress_line(const ProgressState& state, std::size_t columns);

}  // namespace offcirc
