// A new user as an Evergreen log has it, in the object `user` of a line.
#pragma once

#include "formats/evergreen_line.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

/// In the arena. A date that can't be read becomes a stamp that says so.
const Registration* read_evergreen_registration(const EvergreenLine& line, TextArena& arena);

}  // namespace offcirc
