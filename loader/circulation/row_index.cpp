#include "loader/circulation/row_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "loader/memory/pages.hpp"
#include "loader/memory/text_hash.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

namespace {

/// The first eight bytes after the prefix that all texts share, as a number that sorts as the bytes do.
struct Keyed {
  std::uint64_t key;
  std::uint32_t index;
};

std::size_t length_of_common_prefix(std::span<const std::string_view> texts) {
  std::string_view prefix = texts.front();
  for (const std::string_view text : texts) {
    if (text.starts_with(prefix)) continue;
    const auto end = std::mismatch(prefix.begin(), prefix.end(), text.begin(), text.end()).first;
    prefix = prefix.substr(0, static_cast<std::size_t>(end - prefix.begin()));
  }
  return prefix.size();
}

std::uint64_t key_of(std::string_view text, std::size_t prefix) {
  std::uint64_t key = 0;
  const std::size_t size = std::min(text.size() - prefix, sizeof key);
  if (size > 0) std::memcpy(&key, text.data() + prefix, size);
  return std::endian::native == std::endian::little ? __builtin_bswap64(key) : key;
}

}  // namespace

// Compares numbers, since a sort of a million texts would spend nearly all of its time waiting for memory.
std::vector<std::uint32_t> in_order(std::span<const std::string_view> texts) {
  if (texts.empty()) return {};
  const std::size_t prefix = length_of_common_prefix(texts);
  LargeVector<Keyed> keyed;
  keyed.reserve(texts.size());
  for (std::uint32_t i = 0; i < texts.size(); ++i) keyed.push_back({key_of(texts[i], prefix), i});
  std::sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    return a.key != b.key ? a.key < b.key : texts[a.index] < texts[b.index];
  });
  std::vector<std::uint32_t> order;
  order.reserve(texts.size());
  for (const Keyed& one : keyed) order.push_back(one.index);
  return order;
}

LargeVector<std::string_view> texts_in(std::span<const std::uint32_t> order, std::span<const std::string_view> texts) {
  LargeVector<std::string_view> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t index : order) sorted.push_back(texts[index]);
  return sorted;
}

std::uint32_t IdLookup::find(std::string_view text) {
  const std::optional<std::uint32_t> behind_last = find_behind_last(text);
  const std::uint32_t index = behind_last ? *behind_last : find_anywhere(text);
  if (index != k_none) m_next = index + 1;
  return index;
}

// The rows of a table that was filled in order of its IDs come in that order, so that each text is found here without a
// search.
std::optional<std::uint32_t> IdLookup::find_behind_last(std::string_view text) {
  constexpr std::size_t k_longest_way = 4, k_ahead = 16;
  if (m_next + k_ahead < m_texts.size()) prefetch(m_texts[m_next + k_ahead].data());
  if (m_next > 0 && text <= m_texts[m_next - 1]) return std::nullopt;
  const std::size_t end = std::min(m_texts.size(), m_next + k_longest_way);
  for (std::size_t i = m_next; i < end; ++i) {
    const int difference = text.compare(m_texts[i]);
    if (difference == 0) return static_cast<std::uint32_t>(i);
    if (difference < 0) return k_none;
    m_next = i + 1;  // the table has that text elsewhere, or not at all
  }
  if (end == m_texts.size()) return k_none;
  return std::nullopt;
}

std::uint32_t IdLookup::find_anywhere(std::string_view text) {
  constexpr std::size_t k_most_searches = 1000;  // more would take longer than hashing all texts once
  if (m_searches < k_most_searches) {
    ++m_searches;
    const auto found = std::lower_bound(m_texts.begin(), m_texts.end(), text);
    m_next = static_cast<std::size_t>(found - m_texts.begin());
    return found == m_texts.end() || *found != text ? k_none : static_cast<std::uint32_t>(m_next);
  }
  if (m_slots.empty()) number_all();
  const std::uint32_t hash = text_hash(text);
  for (std::size_t at = hash & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
    const Slot& slot = m_slots[at];
    if (slot.place == k_none || (slot.hash == hash && m_texts[slot.place] == text)) return slot.place;
  }
}

void IdLookup::number_all() {
  m_slots.assign(std::bit_ceil(2 * m_texts.size() + 1), Slot{0, k_none});
  for (std::uint32_t place = 0; place < m_texts.size(); ++place) {
    const std::uint32_t hash = text_hash(m_texts[place]);
    std::size_t at = hash & (m_slots.size() - 1);
    while (m_slots[at].place != k_none) at = (at + 1) & (m_slots.size() - 1);
    m_slots[at] = {hash, place};
  }
}

Row last_number(const Database& database, std::string_view table, std::string_view column) {
  Statement last(database, fmt::format("SELECT max(coalesce((SELECT max({0}) FROM {1}), 0), "
                                       "coalesce((SELECT number FROM last_numbers WHERE name = '{1}'), 0))",
                                       column, table));
  last.next();
  return last.integer(0);
}

void remember_numbers(Database& database) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_numbered = {
      {{"users", "user_no"}, {"items", "item_no"}, {"holds", "hold_no"}, {"bills", "bill_no"}}};
  Statement remember(database,
                     "INSERT INTO last_numbers(name, number) VALUES (?1, ?2) "
                     "ON CONFLICT(name) DO UPDATE SET number = excluded.number");
  for (const auto& [table, column] : k_numbered) remember.with(table, last_number(database, table, column)).run();
}

}  // namespace offcirc
