// The summary of a load as it stands on a terminal: in colours, and broken where a line ends.
#pragma once

#include <cstddef>
#include <string>

#include "loader/report/summary.hpp"

namespace offcirc {

/// Lines of at most `columns`, 0: as long as they are; with a line feed at the end of each.
std::string summary_text(const Summary& summary, std::size_t columns, bool colors);

}  // namespace offcirc
