// Maps rows of the database and IDs of a batch to slots of the state, and numbers new rows.
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

/// The slot of the state that each row of the database is in. Row numbers are not 0. Nothing is allocated for single
/// rows.
class RowIndex {
 public:
  /// Prepares for about `count` rows of a table whose highest row number is `last`. \pre no row was added yet.
  void expect(std::size_t count, Row last) {
    if (static_cast<std::size_t>(last) < k_dense_part * count)
      m_slot_of_row.assign(static_cast<std::size_t>(last) + 1, k_none);
  }

  /// The slot of the row; k_none if it has none.
  [[nodiscard]] Slot find(Row row) const {
    if (is_dense(row)) return m_slot_of_row[static_cast<std::size_t>(row)];
    return m_places.empty() ? k_none : m_places[place_of(row)].slot;
  }

  /// Gives the row `slot` unless it has a slot already. Returns the row's slot.
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
  // If fewer than one in this many rows of the table are added, a hash table is smaller than an array of all rows.
  static constexpr std::size_t k_dense_part = 8;

  struct Place {
    Row row = 0;
    Slot slot = k_none;
  };

  [[nodiscard]] bool is_dense(Row row) const { return static_cast<std::size_t>(row) < m_slot_of_row.size(); }

  /// Where the row is, or where it would go.
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

  LargeVector<Slot> m_slot_of_row;  // empty if the rows are too sparse
  LargeVector<Place> m_places;      // hash table of all other rows; its size is a power of two
  std::size_t m_count = 0;
};

// Sorts many IDs, and finds the position of one of them.

/// Indices of `texts` in bytewise order of the texts.
std::vector<std::uint32_t> in_order(std::span<const std::string_view> texts);
/// The texts at the indices in `order`.
LargeVector<std::string_view> texts_in(std::span<const std::uint32_t> order, std::span<const std::string_view> texts);

/// Finds texts among distinct texts in bytewise order, which outlive it. Fastest if they are looked up in about that
/// order, as is usual.
class IdLookup {
 public:
  explicit IdLookup(std::span<const std::string_view> texts) : m_texts(texts) {}

  /// The index of the text; k_none if it is not among them.
  std::uint32_t find(std::string_view text);

 private:
  /// Searches only a few texts after the one found last; nullopt if that does not decide.
  std::optional<std::uint32_t> find_behind_last(std::string_view text);
  std::uint32_t find_anywhere(std::string_view text);
  void number_all();

  struct Slot {
    std::uint32_t hash;
    std::uint32_t place;
  };

  std::span<const std::string_view> m_texts;
  std::size_t m_next = 0;      // after the text found last
  std::size_t m_searches = 0;  // binary searches so far
  LargeVector<Slot> m_slots;   // hash table of a power of two, at least half of it free; empty until needed
};

// Row numbers of users, items, holds and bills. No number is used twice, even after its row was removed, since the
// journal refers to rows by number.

/// The highest number that a row of `table` has or ever had; 0 if there never was one. `column` is the table's key.
Row last_number(const Database& database, std::string_view table, std::string_view column);

/// Records the last numbers. Call before rows are removed from users, items, holds or bills, in the same database
/// transaction.
void remember_numbers(Database& database);

}  // namespace offcirc
