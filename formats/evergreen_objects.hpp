// Where one JSON object of an Evergreen log ends and the next begins, in a line that has more than one.
#pragma once

#include <cstddef>
#include <string_view>

namespace offcirc {

/// Where in `line` a transaction begins that is not its first: behind the end of the first, or in the middle of one
/// that another station's line has torn. Not 0; npos: nowhere.
std::size_t find_next_evergreen_object(std::string_view line);

}  // namespace offcirc
