// The IDs that a batch names: what must be read from the database, and whether the IDs fit [ids] of the config.
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

/// Everything that a batch names, each once: what must be read from the database before the rules can run.
struct ReadSet {
  LargeVector<std::string_view> user_ids;      ///< distinct, in order of first use
  LargeVector<std::string_view> item_ids;      ///< distinct, in order of first use
  std::vector<std::string> folded_last_names;  ///< of registrations; distinct, in bytewise order
  std::vector<std::uint32_t> registered_keys;  ///< indices into user_ids, of registrations and edits of them; distinct
  std::vector<std::uint32_t> edited_keys;      ///< indices into user_ids, of edits only; distinct
  /// Text that these IDs and those of the batch's entries point into.
  TextMemory text = make_text_memory();
};

/// Returns the index into folded_last_names; nullopt if it does not have the name.
std::optional<std::size_t> find_last_name(const ReadSet& set, const std::string& folded);

/// Moves the IDs out of the batch, and adds what only registrations need.
ReadSet collect_read_set(Batch& batch);

enum class IdFault : std::uint8_t {
  not_looked_at,
  none,
  shape,        ///< does not fit the pattern
  check_digit,  ///< the check digit is wrong
};

/// Checks whether IDs fit [ids] of the config. Each ID is checked once, at its first use.
class IdRules {
 public:
  /// Both arguments must outlive this object.
  IdRules(const IdPatterns& patterns, const ReadSet& read_set);

  /// Return what is wrong with an ID. `key` is an index into the read set's user IDs or item IDs.
  IdFault fault_of_user(std::uint32_t key);
  IdFault fault_of_item(std::uint32_t key);
  void forget();

 private:
  IdFault fault_of(std::string_view id, const IdPattern& pattern) const;

  const IdPatterns& m_patterns;
  const ReadSet& m_read_set;
  std::vector<IdFault> m_users, m_items;  // by key; empty if the config has no rule for them
};

}  // namespace offcirc
