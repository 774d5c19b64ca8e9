// Hints for staff about users and items that were not found. They are only reported, never acted on.
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

enum class IdKind : std::uint8_t { user, item };

/// What is odd about `id`, which was meant as an ID of `kind`: "It looks like an item ID.", "The check digit is
/// wrong.", "It is cut short: 3 digits are missing." Empty if nothing is. Checks whose pattern is not configured are
/// skipped.
NewSentence oddity(std::string_view id, IdKind kind, const IdPatterns& patterns);

/// `id` without what people and spreadsheets add to a number: blanks, hyphens, quotes, apostrophes, `="..."`, one
/// letter in front of digits, a decimal point followed by zeros.
std::string bare_number(std::string_view id);

/// IDs that may have been meant by `id`, considering how people type and scanners repeat: bare_number(), the same with
/// one digit removed, half of an ID that is written twice, all letters in upper or lower case. Excludes `id` itself;
/// each ID once.
std::vector<std::string> typed_forms(std::string_view id);

/// IDs that may have been meant by `id`: one digit is different, or two neighbors are swapped. Excludes `id` itself;
/// each ID once.
std::vector<std::string> near_misses(std::string_view id);

/// Adds to the messages of user-not-found and item-not-found what the ID looks like, and "Did you mean ...?" if exactly
/// one known ID fits. A known ID that fits the way people type (typed_forms) comes first; then those that begin with
/// it, or differ from it by one digit or by two swapped neighbors; then those that end with it. A known ID that only
/// has more zeros in front, which a spreadsheet may have dropped, is named instead of all these. No known IDs are
/// searched for if more than 10,000 IDs of a kind are unknown.
void add_hints(const Batch& batch, const Config& config, Database& database, Results& results);

}  // namespace offcirc
