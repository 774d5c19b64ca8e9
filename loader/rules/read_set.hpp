// The IDs that a batch names: what must be fetched for them, and whether they fit [ids] of the configuration.
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

// Everything that a batch names, once each: what must be fetched from the database before the rules run.

struct ReadSet {
  LargeVector<std::string_view> user_ids;  ///< distinct, in order of first use, as are item_ids
  LargeVector<std::string_view> item_ids;
  std::vector<std::string> folded_last_names;  ///< in registrations; distinct, in bytewise order
  std::vector<std::uint32_t> registered_keys;  ///< indices into user_ids, of registrations and edits
  std::vector<std::uint32_t> edited_keys;      ///< the same, of edits only
  /// What the IDs of collect_read_set() point into, and those of the batch's entries.
  TextMemory text = make_text_memory();
};

/// Returns the index into folded_last_names, if the name is there.
std::optional<std::size_t> find_last_name(const ReadSet& set, const std::string& folded);

/// Moves the IDs out of the batch, and adds what registrations need.
ReadSet collect_read_set(Batch& batch);

// Whether the IDs of a batch fit [ids] of the configuration. Each ID is checked once, when it is first asked for.

enum class IdFault : std::uint8_t {
  not_looked_at,
  none,
  shape,        ///< it does not fit the pattern
  check_digit,  ///< it is wrong
};

class IdRules {
 public:
  /// Both arguments must outlive it.
  IdRules(const IdPatterns& patterns, const ReadSet& read_set);

  /// Returns what is wrong with an ID. `key` is an index into the user IDs or item IDs of the read set.
  IdFault fault_of_user(std::uint32_t key);
  IdFault fault_of_item(std::uint32_t key);
  void forget();

 private:
  IdFault fault_of(std::string_view id, const IdPattern& pattern) const;

  const IdPatterns& m_patterns;
  const ReadSet& m_read_set;
  std::vector<IdFault> m_users, m_items;  // by key; empty if [ids] says nothing
};

}  // namespace offcirc
