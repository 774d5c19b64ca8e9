#include "loader/store/text_places.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

#include "loader/intake/batch.hpp"

namespace offcirc {

namespace {

/// The first bytes behind what all texts begin with, as a number that is in the order of the bytes.
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

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
}

}  // namespace

// With a million IDs nearly all of the time of a sort of the texts would be waiting for memory.
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

TextPlaces::TextPlaces(std::span<const std::string_view> texts)
    : m_texts(texts), m_slots(std::bit_ceil(2 * texts.size() + 1), Slot{0, k_none}) {
  for (std::uint32_t place = 0; place < texts.size(); ++place) {
    const std::uint32_t hash = hash_of(texts[place]);
    std::size_t at = hash & (m_slots.size() - 1);
    while (m_slots[at].place != k_none) at = (at + 1) & (m_slots.size() - 1);
    m_slots[at] = {hash, place};
  }
}

std::uint32_t TextPlaces::find(std::string_view text) const {
  const std::uint32_t hash = hash_of(text);
  for (std::size_t at = hash & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
    const Slot& slot = m_slots[at];
    if (slot.place == k_none || (slot.hash == hash && m_texts[slot.place] == text)) return slot.place;
  }
}

}  // namespace offcirc
