// Reads the same logs as an ordinary, careful program would: line by line, into strings and maps.
#pragma once

#include <istream>

#include "tests/bench/parse/tally.hpp"

namespace offcirc::bench {

/// Uses std::getline, splits at each caret, and stores the fields in a map.
Tally read_symphony_by_splitting(std::istream& log);

/// Uses std::getline and parses each line with nlohmann::json.
Tally read_evergreen_with_nlohmann(std::istream& log);

}  // namespace offcirc::bench
