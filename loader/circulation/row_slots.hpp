// From rows of the database and IDs of a batch to slots of the state, and the numbers of new rows.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

// Which slot of the state a row of the database is in.

/// Rows are not 0. Nothing is allocated for each of them.
class RowSlots {
 public:
  /// \pre It is empty. About `count` rows of a table are going to be added, whose last row is `last`.
  void expect(std::size_t count, Row last) {
    if (static_cast<std::size_t>(last) < k_dense_part * count)
      m_slot_of_row.assign(static_cast<std::size_t>(last) + 1, k_none);
  }

  /// k_none where the row is in none.
  [[nodiscard]] Slot find(Row row) const {
    if (is_dense(row)) return m_slot_of_row[static_cast<std::size_t>(row)];
    return m_places.empty() ? k_none : m_places[place_of(row)].slot;
  }

  /// The slot of the row, which is `slot` if it had none.
  Slot add(Row row, Slot slot) {
    if (is_dense(row)) {
      Slot& of_row = m_slot_of_row[static_cast<std::size_t>(row)];
      if (of_row == k_none) of_row = slot;
      return of_row;
    }
    if (2 * (m_count + 1) > m_places.size()) grow();
    Place& place = m_places[place_of(row)];
    if (place.row != 0) return place.slot;
    ++m_count;
    place = {row, slot};
    return slot;
  }

 private:
  // One row in so many: for fewer, a slot for each row of the table would be more than a hash table.
  static constexpr std::size_t k_dense_part = 8;

  struct Place {
    Row row = 0;
    Slot slot = k_none;
  };

  [[nodiscard]] bool is_dense(Row row) const { return static_cast<std::size_t>(row) < m_slot_of_row.size(); }

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

  LargeVector<Slot> m_slot_of_row;  // empty where the rows lie too far apart
  LargeVector<Place> m_places;      // of all other rows; as many as a power of two
  std::size_t m_count = 0;
};

// Puts many IDs in their order, and finds the place of one among them.

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
  std::size_t m_searches = 0;  // those that did not find it in the next place
  LargeVector<Slot>
      m_slots;  // as many as a power of two, and at least twice as many as texts; empty until it is needed
};

// The numbers that users, items, holds and bills are known by inside the database. None is given twice, even when a row
// is gone, since the journal knows rows by their number.

/// The highest number that a row of `table` has or had, 0 where there never was one; `column` is its key.
Row last_number(const Database& database, std::string_view table, std::string_view column);

/// To be called before rows are removed from users, items, holds or bills, in the same database transaction.
void remember_numbers(Database& database);

}  // namespace offcirc
