// What identifies a record in any file: nothing is loaded twice, and no genuine record is taken for a
// copy. A record is known by what it says, not by how it is written. Most say enough by themselves: they have a time
// and name a user, an item or a station ("strong"). The others (a tally of magazines, a payment to the minute, a record
// that can't be read) are known by the strong record before them as well; records of lists without times by their place
// in the list. (DOMAIN.md, 10)
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

/// Sets the identity of each record of a log, readable or not, but for lists without times: their records get their
/// content and their position, from 1, as the ordinal, until identify_lists() knows which list they belong to. Rows
/// that name the identity of the line they came from keep it.
///
/// Transaction::more becomes, of a strong record, the content of the strong record before it (0: there is none); of any
/// other, what the record says by itself.
void identify_records(ReadLog& read, const PlacedLog& placed, const Identification& how);

/// Numbers those that are alike (recorded and content) from 0 in their order; what has an ordinal already keeps it.
/// `identities` are of all records of one section of a log, in its order. Null is not allowed.
void number_identities(std::span<Identity* const> identities);

/// XXH3 of 128 bits as 32 hex digits.
std::string digest_of(std::string_view bytes);

/// The content of a record that `context` tells from others that say the same.
std::uint64_t content_in_context(std::uint64_t context, std::uint64_t words);

}  // namespace offcirc
