// From the members of an Evergreen line to a transaction: when, who, what, until when.
#pragma once

#include <optional>
#include <string_view>

#include "formats/evergreen_line.hpp"

namespace offcirc {

/// The timestamp: absolute, or none where it can't be read.
Stamp evergreen_time(const EvergreenLine& line);

/// Fills all of `transaction` but its line, its desk, its registration and `recorded`, which is evergreen_time()
/// already. Trouble where the type is unknown, where it lacks a time or an ID that its type needs, or where one of its
/// dates or numbers can't be read.
std::optional<LineTrouble> read_evergreen_transaction(const EvergreenLine& line, Transaction& transaction);

}  // namespace offcirc
