// Where one JSON object of an Evergreen log ends and the next begins, in a line that has more than one.
#pragma once

#include <cstddef>
#include <string_view>

namespace offcirc {

/// Where in `line` the next record begins: after the end of the first, where a transaction begins in the middle of one
/// that another station's line has torn, or where a torn one goes on. Not 0; npos: nowhere. Looks at no
/// byte after the end of the first transaction that follows.
std::size_t find_next_evergreen_object(std::string_view line);

}  // namespace offcirc
