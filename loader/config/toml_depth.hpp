// Refuses a TOML text that nests deeper than any configuration does, before a parser recurses into it.
#pragma once

#include <optional>
#include <string_view>

#include "loader/config/trouble_list.hpp"

namespace offcirc {

/// Parts of a dotted key, and brackets within each other.
inline constexpr int k_max_toml_depth = 32;

/// Where a key has more parts, or brackets are deeper; nullopt where there is no such place. One pass over the text.
std::optional<Place> find_deep_nesting(std::string_view text);

}  // namespace offcirc
