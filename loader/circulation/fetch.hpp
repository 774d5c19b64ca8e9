// Reads from the database, in one go, everything that the rules need to replay a batch.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/read_set.hpp"

namespace offcirc {

struct CodeTables;

/// Libraries and profiles that the database has but `policy` does not are added to the policy with its defaults.
/// RunError if there are more codes than can be numbered.
State fetch_state(Database& database, const ReadSet& read_set, Policy& policy);

/// Fetches one state. Every list is in order of IDs and times, never of row numbers, so that two databases with equal
/// content give equal states.
class Fetch {
 public:
  Fetch(Database& database, const ReadSet& read_set, Policy& policy);

  State run();

 private:
  using IndexOfRow = std::unordered_map<Row, std::uint16_t>;

  /// A row number, and the place that the data of the row belongs to. Ordered by row.
  struct PlaceOfRow {
    Row row;
    Slot place;

    friend auto operator<=>(const PlaceOfRow&, const PlaceOfRow&) = default;
  };

  // fetch.cpp
  void fetch_codes();
  /// RunError if there are more codes than can be numbered.
  void require_room_for_codes(const CodeTables& tables) const;
  /// Whether reading a whole table is faster than looking up `wanted` of its rows.
  [[nodiscard]] bool is_worth_a_scan(std::size_t wanted, std::string_view table, std::string_view key) const;
  /// The highest row number of a table; 0 if it is empty.
  [[nodiscard]] Row last_row(std::string_view table, std::string_view key) const;
  /// The rows of the first `count` elements of an array of the state, in ascending order.
  template <typename Array>
  static LargeVector<Row> rows_in_order(const Array& array, std::size_t count = SIZE_MAX);
  /// Fills a ArrayTable with two columns.
  static RowSource rows_and_places(const LargeVector<PlaceOfRow>& rows) {
    return [&rows](std::size_t row, RowCells& cells) { cells.add(rows[row].row, std::int64_t{rows[row].place}); };
  }
  // fetch_users.cpp
  void fetch_users_by_id();
  void scan_users(const std::vector<std::uint32_t>& order);
  void look_up_users(const std::vector<std::uint32_t>& order);
  void fetch_users_by_alias();
  void fetch_holders();
  void fetch_namesakes();
  void fetch_registered_details();
  void mark_registered_by_loads();
  [[nodiscard]] User user_of(const Statement& row);
  Slot add_user(const User& user);
  Slot add_user(const Statement& row) { return add_user(user_of(row)); }
  void add_details(Slot user, const Statement& row);
  // fetch_items.cpp
  void fetch_items();
  void scan_items(std::span<const std::string_view> ids);
  void look_up_items(std::span<const std::string_view> ids);
  void add_item(Slot place, std::string_view id, const Statement& row);
  void drop_missing_items(const std::vector<std::uint32_t>& order);
  void fetch_item_holders();
  void fetch_earlier_actions();
  void fetch_holds(bool item_level);
  // fetch.cpp
  void fetch_routed_copies();
  // fetch_users.cpp
  void fetch_charges();
  void add_charge(Slot user, const Statement& row);
  void link_charges();
  void fetch_bills();

  Database& m_database;
  const ReadSet& m_read_set;
  Policy& m_policy;
  State m_state;
  IndexOfRow m_libraries, m_profiles, m_item_types, m_locations, m_rules;
  RowIndex m_users, m_items, m_titles;
  LargeVector<Row> m_item_titles;            // by place among the items asked for; 0: none
  LargeVector<std::int64_t> m_last_results;  // by item; 0: none
  std::vector<Row> m_missing_holders;        // users who have an item of the batch but are not named in it; ascending
  std::size_t m_full_users = 0;  // users below this slot get their charges and bills; the namesakes after them do not
};

template <typename Array>
LargeVector<Row> Fetch::rows_in_order(const Array& array, std::size_t count) {
  LargeVector<Row> rows;
  rows.reserve(std::min(array.size(), count));
  for (Slot slot = 0; slot < array.size() && slot < count; ++slot) rows.push_back(array[slot].row);
  if (!std::is_sorted(rows.begin(), rows.end())) std::sort(rows.begin(), rows.end());
  return rows;
}

/// The index of the code whose number is in `column`; `none` if the column is NULL.
template <typename Map>
std::uint16_t index_of(const Map& indices, const Statement& row, int column, std::uint16_t none) {
  return row.is_null(column) ? none : indices.at(row.integer(column));
}

}  // namespace offcirc
