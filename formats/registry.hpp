// The registry of all log formats, from formats.def.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/log_format.hpp"

namespace offcirc {

// Each format is defined in the file of its name: k_symphony_format in symphony.cpp.
#define FORMAT(name) extern const LogFormat k_##name##_format;
#include "formats/formats.def"
#undef FORMAT

/// All formats, in the order of formats.def.
std::span<const LogFormat* const> all_formats();

/// Returns null if there is no format of that name.
const LogFormat* find_format(std::string_view name);

/// Returns whether the library names in logs of that format are whatever a vendor has set up, and so seldom match a
/// library of the configuration.
bool names_libraries_freely(std::string_view format);

/// The formats that claim a log beginning with `head`. One is the answer; none or several is a question to the
/// operator. `ids`: the patterns of the library's IDs. `list_kind`: what was done, as --kind says for lists.
std::vector<const LogFormat*> formats_that_claim(std::string_view head, const IdPatterns& ids = {},
                                                 std::optional<Kind> list_kind = {});

/// A sentence about what is missing in a log that no format claims but that is nearly in one; empty if it is close to
/// none.
std::string near_miss_of(std::string_view head, const IdPatterns& ids = {});

}  // namespace offcirc
