// Which list without times a list is: the same once more, one that has grown, or another. Its records are known by their
// place in it. (DOMAIN.md, 10)
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "loader/intake/batch.hpp"

namespace offcirc {

/// Digests of a list: element i is that of its first i + 1 records.
std::vector<std::uint64_t> list_digests(const std::vector<std::uint64_t>& list);

/// By digest of a list that is loaded: the content of its last record.
using KnownLists = std::unordered_map<std::uint64_t, std::uint64_t>;

/// Sets the identities of the records of all lists of the batch. A list that begins with all of one that is known, or of
/// a shorter one of the batch, has that one's records and its own behind them; with `as_new` it is another list, as of the
/// time that its records were given. The last record of each gets the digest of its list (Entry::needs_context,
/// Transaction::more; UnreadableRecord::anchor).
void identify_lists(Batch& batch, const KnownLists& known, bool as_new);

}  // namespace offcirc
