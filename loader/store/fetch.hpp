// Reads from the database, at one go, all that the rules need to judge a batch.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/policy/policy.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// One use only. Every list comes in an order of IDs and times, never of database rows, so that two databases of equal
/// content give equal states.
class Fetch {
 public:
  Fetch(Database& database, const ReadSet& read_set, Policy& policy);

  State run();

 private:
  using IndexOfRow = std::unordered_map<Row, std::uint16_t>;
  using SlotOfRow = std::unordered_map<Row, Slot>;

  // fetch.cpp
  void fetch_codes();
  // fetch_users.cpp
  void fetch_users_by_id();
  void fetch_users_by_alias();
  void fetch_holders();
  void fetch_namesakes();
  void fetch_registered_details();
  Slot add_user(const Statement& row);
  void add_details(Slot user, const Statement& row);
  // fetch_items.cpp
  void fetch_items();
  void fetch_holds(bool item_level);
  void add_item(Item& item, const Statement& row);
  // fetch_accounts.cpp
  void fetch_charges();
  void fetch_bills();

  Database& m_database;
  const ReadSet& m_read_set;
  Policy& m_policy;
  State m_state;
  IndexOfRow m_libraries, m_profiles, m_item_types, m_locations, m_rules;
  SlotOfRow m_users, m_items, m_titles;
  std::vector<Row> m_missing_holders;  // rows of users who have an item that is named, in order of item ID
  std::size_t m_full_users = 0;        // the slots before this get charges and bills, the namesakes behind it don't
};

/// Indices of `texts` in bytewise order of the texts.
std::vector<std::uint32_t> in_order(const std::vector<std::string_view>& texts);

/// `none` where the row has no such code.
template <typename Map>
std::uint16_t index_of(const Map& indices, const Statement& row, int column, std::uint16_t none) {
  return row.is_null(column) ? none : indices.at(row.integer(column));
}

}  // namespace offcirc
