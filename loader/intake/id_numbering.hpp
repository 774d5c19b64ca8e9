// Numbers the users and items that a batch names, so that from then on an ID is an index and no text is compared.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/memory/large_vector.hpp"

namespace offcirc {

/// Numbers texts in order of first use.
class TextNumbering {
 public:
  /// At most so many at once.
  static constexpr std::size_t k_block = 64;

  /// The distinct texts are added to `texts`, and copied into `memory`.
  TextNumbering(LargeVector<std::string_view>& texts, std::pmr::memory_resource& memory)
      : m_texts(texts), m_memory(memory) {}

  /// Not more than so many texts will come, most of them distinct.
  void expect(std::size_t count) {
    m_texts.reserve(count);
    make_room_for(count / 2);
  }

  /// Sets numbers[i] of each block[i], k_none of an empty one. Both are of one length, at most k_block.
  void number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers);

 private:
  struct Slot {
    std::uint32_t hash = 0;  // so that another text's slot is passed over without looking at the text
    std::uint32_t number = k_none;
    [[nodiscard]] bool may_be(std::uint32_t wanted) const { return number != k_none && hash == wanted; }
  };

  Slot& first_slot(std::uint32_t hash) { return m_slots[hash & (m_slots.size() - 1)]; }
  void make_room_for(std::size_t texts);
  std::uint32_t find(std::string_view text, std::uint32_t hash);
  std::string_view kept(std::string_view text);

  LargeVector<std::string_view>& m_texts;
  std::pmr::memory_resource& m_memory;
  LargeVector<Slot> m_slots;  // as many as a power of two, of which at least half are free
};

/// Sets user_key and item_key of entries, and has their IDs be the one text of each. Entries stay at their places until
/// it is finished.
class IdNumbering {
 public:
  /// Of so many entries, as a rule each of another item.
  IdNumbering(BatchIds& ids, std::size_t entries)
      : m_ids(ids), m_user_numbers(ids.users, *ids.text), m_item_numbers(ids.items, *ids.text) {
    m_item_numbers.expect(entries);
  }

  void add(Entry& entry) {
    m_entries[m_count++] = &entry;
    if (m_count == m_entries.size()) finish();
  }
  /// Those that have been added are numbered.
  void finish();

 private:
  void number(TextNumbering& numbering, const LargeVector<std::string_view>& ids, std::string_view Entry::*id,
              std::uint32_t Entry::*key);

  BatchIds& m_ids;
  TextNumbering m_user_numbers, m_item_numbers;
  std::array<Entry*, TextNumbering::k_block> m_entries{};
  std::size_t m_count = 0;
};

}  // namespace offcirc
