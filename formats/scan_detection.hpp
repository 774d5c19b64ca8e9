// Tells scanned lists from other files: they hold barcodes and nothing else.
#pragma once

#include <string_view>

#include "formats/ids.hpp"

namespace offcirc {

/// Of `head`, with any form of the library's IDs.
bool looks_like_list(std::string_view head);

/// By the shapes of the library's IDs: numbers of a few digits, and pairs of card and item under a heading.
bool looks_like_list_of(std::string_view head, const IdPatterns& ids);

}  // namespace offcirc
