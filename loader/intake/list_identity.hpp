// Which list without times a list is: the same once more, one that has grown, or another. Its records are known by
// their place in it. (DOMAIN.md, 10)
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/model/batch.hpp"

namespace offcirc {

/// Digests of a list: element i is that of its first i + 1 records.
std::vector<std::uint64_t> list_digests(const std::vector<std::uint64_t>& list);

/// The digest under which a list is known whose last record may have been cut: that of the records before it.
std::uint64_t cut_list_digest(std::uint64_t digest);

/// A record of a list, as far as it says whether another may be the beginning of it.
struct ListRecord {
  std::optional<Kind> kind;  ///< none: it can't be read
  std::string_view user_id, item_id;
};
/// Whether `cut` may be `whole`, cut short.
bool may_be_beginning(const ListRecord& cut, const ListRecord& whole);

/// A list that is loaded.
struct KnownList {
  std::uint64_t content = 0;  ///< of the last record that its digest has
  /// Of one that is known without its last record: that record. Views into what the caller keeps.
  std::optional<ListRecord> cut = {};
};
/// By digest, or cut_list_digest(). One that was loaded again as another day's is known twice.
using KnownLists = std::unordered_multimap<std::uint64_t, KnownList>;

/// Sets the identities of the records of all lists of the batch. A list that begins with all of one that is known, or
/// of a shorter one of the batch, has that one's records and its own after them; with `as_new` it is another list, as
/// of the time that its records were given. A list that does not end with a line end may have lost a part of its last
/// record: it is known without that one, too, to lists that begin alike there. The records by which it is known get its
/// digests (Entry::needs_context and Transaction::more; UnreadableRecord::anchor); all other readable ones what they
/// say by themselves, so that a list can be told that was changed after it was loaded.
void identify_lists(Batch& batch, const KnownLists& known, bool as_new);

}  // namespace offcirc
