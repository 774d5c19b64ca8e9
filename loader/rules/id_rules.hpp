// Whether the IDs that a batch names keep to [ids] of the config. Each is looked at once, when it is first asked for.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "loader/rules/read_set.hpp"

namespace offcirc {

class IdRules {
 public:
  /// Both outlive it.
  IdRules(const IdPatterns& patterns, const ReadSet& read_set);

  /// What is wrong with an ID, to follow "is known, but"; empty where nothing is. `key` is an index into the read set's
  /// user IDs or item IDs.
  std::string_view fault_of_user(std::uint32_t key);
  std::string_view fault_of_item(std::uint32_t key);
  void forget();

 private:
  enum class Fault : std::uint8_t { not_looked_at, none, shape, check_digit };

  Fault fault_of(std::string_view id, const IdPattern& pattern) const;
  static std::string_view words_of(Fault fault);

  const IdPatterns& m_patterns;
  const ReadSet& m_read_set;
  std::vector<Fault> m_users, m_items;  // by key; empty where there is nothing to keep to
};

}  // namespace offcirc
