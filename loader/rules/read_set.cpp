#include "loader/rules/read_set.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "loader/rules/fold.hpp"

namespace offcirc {
namespace {

// What only registrations ask for: which users they make, and who else has that name.
void add_registrations(const Batch& batch, ReadSet& set) {
  std::unordered_set<std::uint32_t> seen_keys, edited_keys;
  std::unordered_set<std::string> seen_names;
  for (const std::uint32_t index : batch.registrations) {
    const Entry& entry = batch.entries[index];
    if (entry.user_key != k_none && seen_keys.insert(entry.user_key).second)
      set.registered_keys.push_back(entry.user_key);
    if (entry.transaction->edits_registration) {
      if (entry.user_key != k_none && edited_keys.insert(entry.user_key).second)
        set.edited_keys.push_back(entry.user_key);
      continue;
    }
    std::string name = folded_name(entry.transaction->registration->last_name);
    if (!name.empty() && seen_names.insert(name).second) set.folded_last_names.push_back(std::move(name));
  }
  std::sort(set.folded_last_names.begin(), set.folded_last_names.end());
}

}  // namespace

std::optional<std::size_t> find_last_name(const ReadSet& set, const std::string& folded) {
  const auto found = std::lower_bound(set.folded_last_names.begin(), set.folded_last_names.end(), folded);
  if (found == set.folded_last_names.end() || *found != folded) return std::nullopt;
  return static_cast<std::size_t>(found - set.folded_last_names.begin());
}

ReadSet collect_read_set(Batch& batch) {
  ReadSet set;
  set.user_ids = std::move(batch.ids.users);
  set.item_ids = std::move(batch.ids.items);
  set.text = std::move(batch.ids.text);
  add_registrations(batch, set);
  return set;
}

}  // namespace offcirc
