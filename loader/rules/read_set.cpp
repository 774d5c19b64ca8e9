#include "loader/rules/read_set.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <span>
#include <unordered_set>

#include "loader/rules/fold.hpp"

namespace offcirc {
namespace {

// Numbers texts in order of first use. With a million IDs nearly all of the time is waiting for memory, so each step is
// taken for a block of texts, asking for what the next one will look at: three times as fast as one text after another.
class Numbering {
 public:
  static constexpr std::size_t k_block = 64;

  // At least half of the slots stay free, so that every search ends, and soon.
  Numbering(std::vector<std::string_view>& texts, std::size_t max_texts)
      : m_texts(&texts), m_slots(std::bit_ceil(2 * max_texts + 1)) {}

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
      m_texts->push_back(text);
      return slot.number;
    }
  }

  std::vector<std::string_view>* m_texts;
  std::vector<Slot> m_slots;  // as many as a power of two
};

// Sets `key` of all entries to the number of their `id`; returns the distinct ones.
std::vector<std::string_view> number_all(std::vector<Entry>& entries, std::string_view Entry::*id,
                                         std::uint32_t Entry::*key) {
  std::vector<std::string_view> distinct;
  Numbering numbering(distinct, entries.size());
  std::array<std::string_view, Numbering::k_block> ids;
  std::array<std::uint32_t, Numbering::k_block> numbers;
  for (std::size_t begin = 0; begin < entries.size(); begin += Numbering::k_block) {
    const std::span block = std::span(entries).subspan(begin, std::min(Numbering::k_block, entries.size() - begin));
    for (std::size_t i = 0; i < block.size(); ++i) ids[i] = block[i].*id;
    numbering.number(std::span(ids).first(block.size()), std::span(numbers).first(block.size()));
    for (std::size_t i = 0; i < block.size(); ++i) block[i].*key = numbers[i];
  }
  return distinct;
}

// What only registrations ask for: which users they make, and who else has that name.
void add_registrations(const std::vector<Entry>& entries, ReadSet& set) {
  std::unordered_set<std::uint32_t> seen_keys;
  std::unordered_set<std::string> seen_names;
  for (const Entry& entry : entries) {
    if (entry.transaction->registration == nullptr) continue;
    if (entry.user_key != k_none && seen_keys.insert(entry.user_key).second)
      set.registered_keys.push_back(entry.user_key);
    std::string name = folded_name(entry.transaction->registration->last_name);
    if (!name.empty() && seen_names.insert(name).second) set.folded_last_names.push_back(std::move(name));
  }
}

}  // namespace

ReadSet collect_read_set(Batch& batch) {
  ReadSet set;
  set.user_ids = number_all(batch.entries, &Entry::user_id, &Entry::user_key);
  set.item_ids = number_all(batch.entries, &Entry::item_id, &Entry::item_key);
  add_registrations(batch.entries, set);
  return set;
}

}  // namespace offcirc
