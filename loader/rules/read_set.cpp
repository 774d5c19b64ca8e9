#include "loader/rules/read_set.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>
#include <span>
#include <unordered_set>

#include "loader/memory/large_vector.hpp"
#include "loader/rules/fold.hpp"

namespace offcirc {
namespace {

// Numbers texts in order of first use. With a million IDs nearly all of the time is waiting for memory, so each step is
// taken for a block of texts, asking for what the next one will look at: three times as fast as one text after another.
class Numbering {
 public:
  static constexpr std::size_t k_block = 64;

  // At least half of the slots stay free, so that every search ends, and soon.
  Numbering(std::vector<std::string_view>& texts, std::pmr::memory_resource& memory, std::size_t max_texts)
      : m_texts(&texts), m_memory(&memory), m_slots(std::bit_ceil(2 * max_texts + 1)) {}

  // Sets numbers[i] of each block[i], k_none of an empty one. Both are of one length, at most k_block.
  void number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers) {
    std::array<std::uint32_t, k_block> hashes;
    for (std::size_t i = 0; i < block.size(); ++i) {
      hashes[i] = static_cast<std::uint32_t>(std::hash<std::string_view>{}(block[i]));
      __builtin_prefetch(&first_slot(hashes[i]));
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      if (first_slot(hashes[i]).may_be(hashes[i])) __builtin_prefetch(&(*m_texts)[first_slot(hashes[i]).number]);
    for (std::size_t i = 0; i < block.size(); ++i)
      if (first_slot(hashes[i]).may_be(hashes[i])) __builtin_prefetch((*m_texts)[first_slot(hashes[i]).number].data());
    for (std::size_t i = 0; i < block.size(); ++i) numbers[i] = block[i].empty() ? k_none : find(block[i], hashes[i]);
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;  // so that another text's slot is passed over without looking at the text
    std::uint32_t number = k_none;
    [[nodiscard]] bool may_be(std::uint32_t wanted) const { return number != k_none && hash == wanted; }
  };

  Slot& first_slot(std::uint32_t hash) { return m_slots[hash & (m_slots.size() - 1)]; }

  std::uint32_t find(std::string_view text, std::uint32_t hash) {
    for (std::uint32_t at = hash;; ++at) {
      Slot& slot = first_slot(at);
      if (slot.may_be(hash) && (*m_texts)[slot.number] == text) return slot.number;
      if (slot.number != k_none) continue;
      slot = {hash, static_cast<std::uint32_t>(m_texts->size())};
      m_texts->push_back(kept(text));
      return slot.number;
    }
  }

  // All together, since each may be looked at again for any line; the logs' bytes are all over the place.
  std::string_view kept(std::string_view text) {
    auto* const copy = static_cast<char*>(m_memory->allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  std::vector<std::string_view>* m_texts;
  std::pmr::memory_resource* m_memory;
  LargeVector<Slot> m_slots;  // as many as a power of two
};

/// The IDs of one kind, on their way into the read set.
class Ids {
 public:
  Ids(std::vector<std::string_view>& distinct, std::string_view Entry::*id, std::uint32_t Entry::*key,
      std::pmr::memory_resource& memory, std::size_t max_ids)
      : m_distinct(distinct), m_id(id), m_key(key), m_numbering(distinct, memory, max_ids) {}

  // Sets the keys of so many entries, at most a block, and has their IDs be the one text of each.
  void number(BlockArray<Entry>::iterator entries, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) m_texts[i] = entries[static_cast<std::ptrdiff_t>(i)].*m_id;
    m_numbering.number(std::span(m_texts).first(count), std::span(m_numbers).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      Entry& entry = entries[static_cast<std::ptrdiff_t>(i)];
      entry.*m_key = m_numbers[i];
      if (m_numbers[i] != k_none) entry.*m_id = m_distinct[m_numbers[i]];
    }
  }

 private:
  std::vector<std::string_view>& m_distinct;
  std::string_view Entry::*m_id;
  std::uint32_t Entry::*m_key;
  Numbering m_numbering;
  std::array<std::string_view, Numbering::k_block> m_texts;
  std::array<std::uint32_t, Numbering::k_block> m_numbers;
};

// In one pass: what has been put aside comes back once.
void number_ids(BlockArray<Entry>& entries, ReadSet& set) {
  Ids users(set.user_ids, &Entry::user_id, &Entry::user_key, *set.text, entries.size());
  Ids items(set.item_ids, &Entry::item_id, &Entry::item_key, *set.text, entries.size());
  for (auto next = entries.begin(); next != entries.end();) {
    const auto count = std::min(Numbering::k_block, static_cast<std::size_t>(entries.end() - next));
    users.number(next, count);
    items.number(next, count);
    for (std::size_t i = 0; i < count; ++i) ++next;
  }
}

// What only registrations ask for: which users they make, and who else has that name.
void add_registrations(const BlockArray<Entry>& entries, ReadSet& set) {
  std::unordered_set<std::uint32_t> seen_keys;
  std::unordered_set<std::string> seen_names;
  for (const Entry& entry : entries) {
    if (entry.transaction->registration == nullptr) continue;
    if (entry.user_key != k_none && seen_keys.insert(entry.user_key).second)
      set.registered_keys.push_back(entry.user_key);
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
  number_ids(batch.entries, set);
  add_registrations(batch.entries, set);
  return set;
}

}  // namespace offcirc
