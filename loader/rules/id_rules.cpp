#include "loader/rules/id_rules.hpp"

#include <algorithm>

namespace offcirc {
namespace {

bool all_digits(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

IdRules::IdRules(const IdPatterns& patterns, const ReadSet& read_set) : m_patterns(patterns), m_read_set(read_set) {
  if (patterns.user.is_given() || patterns.check_digit) m_users.resize(read_set.user_ids.size());
  if (patterns.item.is_given() || patterns.check_digit) m_items.resize(read_set.item_ids.size());
}

std::string_view IdRules::fault_of_user(std::uint32_t key) {
  if (m_users.empty()) return {};
  if (m_users[key] == Fault::not_looked_at) m_users[key] = fault_of(m_read_set.user_ids[key], m_patterns.user);
  return words_of(m_users[key]);
}

std::string_view IdRules::fault_of_item(std::uint32_t key) {
  if (m_items.empty()) return {};
  if (m_items[key] == Fault::not_looked_at) m_items[key] = fault_of(m_read_set.item_ids[key], m_patterns.item);
  return words_of(m_items[key]);
}

void IdRules::forget() {
  m_users.assign(m_users.size(), Fault::not_looked_at);
  m_items.assign(m_items.size(), Fault::not_looked_at);
}

// An ID with letters in it has no check digit that could be wrong.
IdRules::Fault IdRules::fault_of(std::string_view id, const IdPattern& pattern) const {
  if (pattern.is_given() && !pattern.fits(id)) return Fault::shape;
  if (m_patterns.check_digit && all_digits(id) && !has_right_check_digit(id)) return Fault::check_digit;
  return Fault::none;
}

std::string_view IdRules::words_of(Fault fault) {
  if (fault == Fault::shape) return "does not fit the pattern in [ids]";
  return fault == Fault::check_digit ? "its check digit is wrong" : "";
}

}  // namespace offcirc
