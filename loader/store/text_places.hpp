// Puts many IDs in their order, and finds the place of one among them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "loader/memory/large_vector.hpp"

namespace offcirc {

/// Indices of `texts` in bytewise order of the texts.
std::vector<std::uint32_t> in_order(std::span<const std::string_view> texts);

/// The index of a text among distinct ones, which outlive it.
class TextPlaces {
 public:
  explicit TextPlaces(std::span<const std::string_view> texts);

  /// k_none where it is not among them.
  [[nodiscard]] std::uint32_t find(std::string_view text) const;

 private:
  struct Slot {
    std::uint32_t hash;
    std::uint32_t place;
  };

  std::span<const std::string_view> m_texts;
  LargeVector<Slot> m_slots;  // as many as a power of two, and at least twice as many as texts
};

}  // namespace offcirc
