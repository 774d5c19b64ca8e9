// Which slot of the state a row of the database is in.
#pragma once

#include <bit>
#include <cstddef>

#include "loader/memory/large_vector.hpp"
#include "loader/rules/state.hpp"

namespace offcirc {

/// Rows are not 0. Nothing is allocated for each of them.
class RowSlots {
 public:
  /// k_none where the row is in none.
  [[nodiscard]] Slot find(Row row) const { return m_places.empty() ? k_none : m_places[place_of(row)].slot; }

  /// \pre It is empty. So many are going to be added.
  void reserve(std::size_t count) { m_places = LargeVector<Place>(std::bit_ceil(2 * (count + 1))); }

  /// The slot of the row, which is `slot` if it had none.
  Slot add(Row row, Slot slot) {
    if (2 * (m_count + 1) > m_places.size()) grow();
    Place& place = m_places[place_of(row)];
    if (place.row != 0) return place.slot;
    ++m_count;
    place = {row, slot};
    return slot;
  }

 private:
  struct Place {
    Row row = 0;
    Slot slot = k_none;
  };

  /// Where the row is, or where it would come.
  [[nodiscard]] std::size_t place_of(Row row) const {
    constexpr std::uint64_t k_spread = 0x9E3779B97F4A7C15U;
    const std::size_t mask = m_places.size() - 1;
    std::size_t at = (static_cast<std::uint64_t>(row) * k_spread) >> 32U & mask;
    while (m_places[at].row != 0 && m_places[at].row != row) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    LargeVector<Place> before(m_places.empty() ? 16 : 2 * m_places.size());
    before.swap(m_places);
    for (const Place& place : before)
      if (place.row != 0) m_places[place_of(place.row)] = place;
  }

  LargeVector<Place> m_places;  // as many as a power of two
  std::size_t m_count = 0;
};

}  // namespace offcirc
