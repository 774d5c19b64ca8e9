#include "loader/recorded.hpp"

#include <string>
#include <unordered_set>

namespace offcirc {
namespace {

struct IdentityHash {
  std::size_t operator()(const Identity& identity) const {
    return identity.content ^ (static_cast<std::size_t>(identity.recorded) * 0x9e3779b97f4a7c15U) ^ identity.ordinal;
  }
};

}  // namespace

Recorded find_recorded(const Batch& batch, Store& store) {
  std::vector<Identity> identities;
  identities.reserve(batch.entries.size() + batch.unreadable.size());
  for (const Entry& entry : batch.entries) identities.push_back(entry.identity);
  for (const UnreadableRecord& record : batch.unreadable) identities.push_back(record.diagnostic.identity);

  std::vector<bool> recorded = store.already_recorded(identities);
  std::unordered_set<Identity, IdentityHash> seen;
  seen.reserve(identities.size());
  for (std::size_t i = 0; i < identities.size(); ++i)
    if (!seen.insert(identities[i]).second) recorded[i] = true;

  const auto unreadable_from = recorded.begin() + static_cast<std::ptrdiff_t>(batch.entries.size());
  return {{recorded.begin(), unreadable_from}, {unreadable_from, recorded.end()}};
}

std::vector<Result> results_of_unreadable(const Batch& batch, const std::vector<bool>& recorded) {
  std::vector<Result> results(batch.unreadable.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i].disposition = recorded[i] ? Disposition::already_loaded : Disposition::unreadable;
    if (recorded[i])
      results[i].findings.push_back({Outcome::already_loaded, std::string(facts_of(Outcome::already_loaded).phrase)});
    else
      results[i].findings.push_back({Outcome::unreadable, batch.unreadable[i].diagnostic.message});
  }
  return results;
}

}  // namespace offcirc
