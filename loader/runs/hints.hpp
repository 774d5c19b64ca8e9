// Hints for staff where a user or an item was not found. They are said, never acted on.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

// What an ID that nobody knows looks like: another kind of ID, a misread one, or a piece of one.

enum class IdKind : std::uint8_t { user, item };

/// What is odd about `id`, which was meant to be of `kind`: "It looks like an item ID.", "The check digit is wrong.",
/// "It is cut short: 3 digits are missing."; empty where nothing is. Where a pattern is not given, nothing is said that
/// needs it.
NewSentence oddity(std::string_view id, IdKind kind, const IdPatterns& patterns);

/// `id` without what people and spreadsheets put into a number: blanks, hyphens, quotes, apostrophes, `="..."`, one
/// letter in front of digits, a decimal point with zeros after it.
std::string bare_number(std::string_view id);

/// What may have been meant by `id`, as people type and scanners repeat it: bare_number(), one of its digits taken
/// away, half of what is written twice, all letters upper or lower case. Without `id` itself, each once.
std::vector<std::string> typed_forms(std::string_view id);

/// What may have been meant by `id`: one digit is another, or two neighbours are swapped. Without `id` itself,
/// each once.
std::vector<std::string> near_misses(std::string_view id);

/// Adds to the messages of user-not-found and item-not-found what the ID looks like, and "Did you mean ...?" where
/// exactly one known ID fits: as people type it (typed_forms); else where it begins with it, or differs from it by one
/// digit or by two neighbours swapped; else where it ends with it. In its place
/// the known ID that a spreadsheet has dropped zeros in front of (neither is looked for where more than 10,000 IDs of a
/// kind are unknown).
void add_hints(const Batch& batch, const Config& config, Database& database, Results& results);

}  // namespace offcirc
