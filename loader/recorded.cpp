#include "loader/recorded.hpp"

#include "loader/intake/list_identity.hpp"
#include "loader/memory/large_vector.hpp"

namespace offcirc {

Recorded find_recorded(Batch& batch, bool as_new, Store& store) {
  identify_lists(batch, {}, as_new);
  LargeVector<Identity> identities;
  identities.reserve(batch.entries.size() + batch.unreadable.size());
  for (const Entry& entry : batch.entries) identities.push_back(entry.identity);
  for (const UnreadableRecord& record : batch.unreadable) identities.push_back(record.diagnostic.identity);

  std::vector<bool> recorded = store.already_recorded(identities);
  const auto unreadable_from = recorded.begin() + static_cast<std::ptrdiff_t>(batch.entries.size());
  return {{recorded.begin(), unreadable_from}, {unreadable_from, recorded.end()}};
}

Results results_of_unreadable(const Batch& batch, const std::vector<bool>& recorded) {
  Results results(batch.unreadable.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i].disposition = recorded[i] ? Disposition::already_loaded : Disposition::unreadable;
    if (recorded[i])
      results[i].findings = {{Outcome::already_loaded, facts_of(Outcome::already_loaded).phrase}};
    else
      results[i].findings = {{Outcome::unreadable, batch.unreadable[i].diagnostic.message}};
  }
  return results;
}

}  // namespace offcirc
