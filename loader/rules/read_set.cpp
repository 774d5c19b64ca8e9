#include "loader/rules/read_set.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "loader/rules/namesakes.hpp"

namespace offcirc {

namespace {

// Adds what only registrations need: the users that they create, and their last names, to find users with the same.
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

namespace {

bool all_digits(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

IdRules::IdRules(const IdPatterns& patterns, const ReadSet& read_set) : m_patterns(patterns), m_read_set(read_set) {
  if (patterns.user.is_given() || patterns.check_digit) m_users.resize(read_set.user_ids.size());
  if (patterns.item.is_given() || patterns.check_digit) m_items.resize(read_set.item_ids.size());
}

IdFault IdRules::fault_of_user(std::uint32_t key) {
  if (m_users.empty()) return IdFault::none;
  if (m_users[key] == IdFault::not_looked_at) m_users[key] = fault_of(m_read_set.user_ids[key], m_patterns.user);
  return m_users[key];
}

IdFault IdRules::fault_of_item(std::uint32_t key) {
  if (m_items.empty()) return IdFault::none;
  if (m_items[key] == IdFault::not_looked_at) m_items[key] = fault_of(m_read_set.item_ids[key], m_patterns.item);
  return m_items[key];
}

void IdRules::forget() {
  m_users.assign(m_users.size(), IdFault::not_looked_at);
  m_items.assign(m_items.size(), IdFault::not_looked_at);
}

// An ID with letters has no check digit.
IdFault IdRules::fault_of(std::string_view id, const IdPattern& pattern) const {
  if (pattern.is_given() && !pattern.fits(id)) return IdFault::shape;
  if (m_patterns.check_digit && all_digits(id) && !has_right_check_digit(id)) return IdFault::check_digit;
  return IdFault::none;
}

}  // namespace offcirc
