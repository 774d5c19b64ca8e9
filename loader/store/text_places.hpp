// Puts many IDs in their order, and finds the place of one among them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "loader/memory/large_vector.hpp"

namespace offcirc {

/// Indices of `texts` in bytewise order of the texts.
std::vector<std::uint32_t> in_order(std::span<const std::string_view> texts);
/// The texts at these indices.
LargeVector<std::string_view> texts_in(std::span<const std::uint32_t> order, std::span<const std::string_view> texts);

/// Distinct texts in bytewise order, which outlive it; most often they are asked for in about that order.
class OrderedTexts {
 public:
  explicit OrderedTexts(std::span<const std::string_view> texts) : m_texts(texts) {}

  /// The index of the text; k_none where it is not among them.
  std::uint32_t find(std::string_view text);

 private:
  /// nullopt where that would be a long way.
  std::optional<std::uint32_t> find_behind_last(std::string_view text);
  std::uint32_t find_anywhere(std::string_view text);
  void number_all();

  struct Slot {
    std::uint32_t hash;
    std::uint32_t place;
  };

  std::span<const std::string_view> m_texts;
  std::size_t m_next = 0;      // behind what was found last
  std::size_t m_searches = 0;  // of what was not next to it
  LargeVector<Slot>
      m_slots;  // as many as a power of two, and at least twice as many as texts; empty until it is needed
};

}  // namespace offcirc
