// The IDs that a batch names: which must be read, and whether they keep to [ids] of the config.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

// What a batch names, each once: all that must be read from the database before the rules can run.

struct ReadSet {
  LargeVector<std::string_view> user_ids;  ///< distinct, in order of first use, likewise below
  LargeVector<std::string_view> item_ids;
  std::vector<std::string> folded_last_names;  ///< of registrations, distinct, in bytewise order
  std::vector<std::uint32_t> registered_keys;  ///< indices into user_ids that a registration names, or an edit of one
  std::vector<std::uint32_t> edited_keys;      ///< those that an edit names
  /// What the IDs of collect_read_set() point into, and those of the batch's entries.
  TextMemory text = make_text_memory();
};

/// Index into folded_last_names; none where the name is not among them.
std::optional<std::size_t> find_last_name(const ReadSet& set, const std::string& folded);

/// Takes the IDs of the batch over, and adds what only registrations ask for.
ReadSet collect_read_set(Batch& batch);

// Whether the IDs that a batch names keep to [ids] of the config. Each is looked at once, when it is first asked for.

enum class IdFault : std::uint8_t {
  not_looked_at,
  none,
  shape,        ///< it does not fit the pattern
  check_digit,  ///< it is wrong
};

class IdRules {
 public:
  /// Both outlive it.
  IdRules(const IdPatterns& patterns, const ReadSet& read_set);

  /// What is wrong with an ID. `key` is an index into the read set's user IDs or item IDs.
  IdFault fault_of_user(std::uint32_t key);
  IdFault fault_of_item(std::uint32_t key);
  void forget();

 private:
  IdFault fault_of(std::string_view id, const IdPattern& pattern) const;

  const IdPatterns& m_patterns;
  const ReadSet& m_read_set;
  std::vector<IdFault> m_users, m_items;  // by key; empty where there is nothing to keep to
};

}  // namespace offcirc
