// The same logs read as an ordinary careful program would: line by line, each into strings and maps.
#pragma once

#include <istream>

#include "tests/bench/parse/tally.hpp"

namespace offcirc::bench {

/// std::getline, split at each caret, the fields in a map.
Tally read_symphony_by_splitting(std::istream& log);

/// std::getline, and nlohmann::json of each line.
Tally read_evergreen_with_nlohmann(std::istream& log);

}  // namespace offcirc::bench
