// The small words that sentences are made of: lists and counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// `a, b and c`; every list of names in a message is made so.
std::string listed(const std::vector<std::string_view>& names);

/// `1 load`, `2 loads`
std::string counted(std::int64_t count, std::string_view what);

}  // namespace offcirc
