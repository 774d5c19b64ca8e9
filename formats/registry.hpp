// All log formats that this program knows, from formats.def.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/log_format.hpp"

namespace offcirc {

// Each is defined in the file of its name: k_symphony_format in symphony.cpp.
#define FORMAT(name) extern const LogFormat k_##name##_format;
#include "formats/formats.def"
#undef FORMAT

/// In the order of formats.def.
std::span<const LogFormat* const> all_formats();

/// Null where there is none of that name.
const LogFormat* find_format(std::string_view name);

/// Whether what the lines of that format call a library is what a vendor has set up: seldom one of the configuration.
bool names_libraries_freely(std::string_view format);

/// Those that take a log beginning with `head` for theirs: one is the answer, none or several a question to the
/// operator. `ids`: what the library's IDs look like. `list_kind`: what was done, as --kind says of lists.
std::vector<const LogFormat*> formats_that_claim(std::string_view head, const IdPatterns& ids = {},
                                                 std::optional<Kind> list_kind = {});

/// What is missing in a log that no format claims but that is nearly of one, in a sentence; empty where it is of none.
std::string near_miss_of(std::string_view head, const IdPatterns& ids = {});

}  // namespace offcirc
