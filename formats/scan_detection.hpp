// Tells scanned lists from other files: they hold barcodes and nothing else. Says what is missing in a file that is
// nearly a list.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/ids.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

// `head` is the beginning of a file, or all of it. No other format has a barcode and nothing else between two
// separators or line ends; what is only nearly so is refused, since a wrong guess would lend books.

/// Any form of barcode counts, but under no heading.
bool looks_like_list(std::string_view head);

/// By the shapes of the library's IDs: numbers of a few digits; cards and items side by side under a heading, in either
/// order; and items under a heading where its words or `list_kind` (--kind) say what was done with them. A few cells
/// may be damaged, or anything else.
bool looks_like_list_of(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind);

/// What keeps a file of the library's barcodes from being a list, in a sentence without its subject: a column that is
/// neither of cards nor of items, barcodes that a spreadsheet has shortened, a heading that says no kind. Empty where
/// the file is not nearly a list, or rather a sheet of the format csv.
std::string near_miss_of_list(std::string_view head, const IdPatterns& ids);

}  // namespace offcirc
