// Tells whether a list without times was loaded before, has grown since, or is a new one. Its records are identified by
// their position in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/model/batch.hpp"

namespace offcirc {

/// Digests of a list: element i covers its first i + 1 records.
std::vector<std::uint64_t> list_digests(const std::vector<std::uint64_t>& list);

/// The digest under which a list is known if its last record may have been cut short; `digest` covers the records
/// before that one.
std::uint64_t cut_list_digest(std::uint64_t digest);

/// What it takes to tell whether a record that was cut short may be the beginning of another.
struct ListRecord {
  std::optional<Kind> kind;  ///< none: it can't be read
  std::string_view user_id, item_id;
};
/// Whether `cut` may be the beginning of `whole`.
bool may_be_beginning(const ListRecord& cut, const ListRecord& whole);

/// A list that was loaded before.
struct KnownList {
  std::uint64_t content = 0;  ///< of the last record that its digest covers
  /// If the list is known without its last record: that record. The caller keeps the texts alive.
  std::optional<ListRecord> cut = {};
};
/// By digest or cut_list_digest(). A list that was loaded again as another day's is known twice.
using KnownLists = std::unordered_multimap<std::uint64_t, KnownList>;

/// Sets the identities of the records of all lists of the batch. A list that begins with the whole of a known list, or
/// of a shorter list of the batch, consists of that list's records followed by its own. With `as_new` it is a different
/// list instead, identified by the time that its records were given as well. A list that does not end with a line end
/// may have lost part of its last record. It is therefore also known without that record, to lists that go on alike
/// from there.
///
/// The records by which a list is known get its digests as Transaction::more or UnreadableRecord::anchor. All other
/// readable records get the hash of what they say by themselves, so that a list that was changed after it was loaded
/// can be recognized. Entry::needs_context is set for all of them.
void identify_lists(Batch& batch, const KnownLists& known, bool as_new);

}  // namespace offcirc
