// Recognizes scanned lists, which hold barcodes and nothing else, and says what is missing in a file that is nearly
// one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/ids.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

// `head` is the beginning of a file, or all of it. No other format has just a barcode between two separators or line
// ends. Whatever merely resembles that is refused, because a wrong guess would lend books.

/// Accepts any form of barcode, but no heading.
bool looks_like_list(std::string_view head);

/// Goes by the patterns of the library's IDs. Accepts short numbers; cards and items side by side under a heading, in
/// either order; and items under a heading if its words or `list_kind` (--kind) say what was done with them. A few
/// cells may be damaged, or may be anything else.
bool looks_like_list_of(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind);

/// Says what keeps a file of the library's barcodes from being a list, in a sentence without its subject: a column that
/// holds neither cards nor items, barcodes that a spreadsheet has shortened, or a heading that does not say what was
/// done. Returns an empty string if the file is not nearly a list, or is rather a sheet in the csv format.
std::string near_miss_of_list(std::string_view head, const IdPatterns& ids);

}  // namespace offcirc
