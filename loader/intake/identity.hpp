// Identifies each record, whichever file it is in, so that nothing is loaded twice and no genuine record is mistaken
// for a copy. A record is recognized by what it says, not by how it is written. Most records say enough by themselves:
// they have a time and name a user, an item or a station ("strong"). The others (a tally of magazines, a payment timed
// to the minute, an unreadable record) are recognized together with the strong record before them, and the records of a
// list without times by their position in the list.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"
#include "loader/intake/place_log.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/intake/record_words.hpp"

namespace offcirc {

/// Sets the identity of each record of a log, readable or not. The records of a list without times get only their
/// content and, as the ordinal, their position from 1, until identify_lists() knows which list they belong to. A row
/// that names the identity of the line it came from keeps it.
///
/// Afterwards Transaction::more of a strong record is the content of the strong record before it at the same station
/// (0: none); of any other record, the hash of what it says by itself.
void identify_records(ReadLog& read, const PlacedLog& placed, const Identification& how);

/// Numbers identities with the same `recorded` and `content` from 0, in their order; one that already has an ordinal
/// keeps it. `identities` are those of all records of one section of a log, in its order; none may be null.
void number_identities(std::span<Identity* const> identities);

/// The 128-bit XXH3 hash as 32 hex digits.
std::string digest_of(std::string_view bytes);

/// The content of a record that only `context` distinguishes from others that say the same.
std::uint64_t content_in_context(std::uint64_t context, std::uint64_t words);

}  // namespace offcirc
