#include "loader/intake/id_numbering.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

#include "loader/memory/fetch_ahead.hpp"

namespace offcirc {

// With a million IDs nearly all of the time is waiting for memory, so each step is taken for a block of texts, asking
// for what the next one will look at: three times as fast as one text after another.
void TextNumbering::number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers) {
  make_room_for(m_texts.size() + block.size());
  std::array<std::uint32_t, k_block> hashes;
  for (std::size_t i = 0; i < block.size(); ++i) {
    hashes[i] = static_cast<std::uint32_t>(std::hash<std::string_view>{}(block[i]));
    fetch_ahead(&first_slot(hashes[i]));
  }
  for (std::size_t i = 0; i < block.size(); ++i)
    if (first_slot(hashes[i]).may_be(hashes[i])) fetch_ahead(&m_texts[first_slot(hashes[i]).number]);
  for (std::size_t i = 0; i < block.size(); ++i)
    if (first_slot(hashes[i]).may_be(hashes[i])) fetch_ahead(m_texts[first_slot(hashes[i]).number].data());
  for (std::size_t i = 0; i < block.size(); ++i) numbers[i] = block[i].empty() ? k_none : find(block[i], hashes[i]);
}

// At least half of the slots stay free, so that every search ends, and soon.
void TextNumbering::make_room_for(std::size_t texts) {
  if (2 * texts < m_slots.size()) return;
  const LargeVector<Slot> before = std::move(m_slots);
  m_slots = LargeVector<Slot>(std::max(4 * k_block, std::bit_ceil(2 * texts + 1)));
  for (const Slot& slot : before) {
    if (slot.number == k_none) continue;
    std::uint32_t at = slot.hash;
    while (first_slot(at).number != k_none) ++at;
    first_slot(at) = slot;
  }
}

std::uint32_t TextNumbering::find(std::string_view text, std::uint32_t hash) {
  for (std::uint32_t at = hash;; ++at) {
    Slot& slot = first_slot(at);
    if (slot.may_be(hash) && m_texts[slot.number] == text) return slot.number;
    if (slot.number != k_none) continue;
    slot = {hash, static_cast<std::uint32_t>(m_texts.size())};
    m_texts.push_back(kept(text));
    return slot.number;
  }
}

// All together, since each may be looked at again for any line; the logs' bytes are all over the place.
std::string_view TextNumbering::kept(std::string_view text) {
  auto* const copy = static_cast<char*>(m_memory.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void IdNumbering::finish() {
  number(m_user_numbers, m_ids.users, &Entry::user_id, &Entry::user_key);
  number(m_item_numbers, m_ids.items, &Entry::item_id, &Entry::item_key);
  m_count = 0;
}

void IdNumbering::number(TextNumbering& numbering, const LargeVector<std::string_view>& ids,
                         std::string_view Entry::*id, std::uint32_t Entry::*key) {
  std::array<std::string_view, TextNumbering::k_block> texts;
  std::array<std::uint32_t, TextNumbering::k_block> numbers;
  for (std::size_t i = 0; i < m_count; ++i) texts[i] = m_entries[i]->*id;
  numbering.number(std::span(texts).first(m_count), std::span(numbers).first(m_count));
  for (std::size_t i = 0; i < m_count; ++i) {
    m_entries[i]->*key = numbers[i];
    if (numbers[i] != k_none) m_entries[i]->*id = ids[numbers[i]];
  }
}

}  // namespace offcirc
