// Keeps what the journal needs of users and items that are removed, and of titles that change.
#pragma once

#include <cstdint>
#include <string_view>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

/// Keeps the IDs, and the titles of items, for those rows of `users` or `items` that results refer to. Call before
/// removing the rows that `condition` selects (SQL on the columns of that table). Reads all results once, so it is
/// meant for imports that remove many rows, not for single ones.
void keep_former_users(Database& database, std::string_view condition);
void keep_former_items(Database& database, std::string_view condition);

/// Keeps the title that an item had for the loads so far. Call before its title changes.
class FormerTitles {
 public:
  explicit FormerTitles(const Database& database);
  void keep(Row item, std::string_view new_title);

 private:
  std::int64_t m_last_load;  // 0: no load yet, so there is nothing to keep
  Statement m_keep;
};

/// Removes the former users to whom no result refers any more. Call after results were pruned.
void forget_former_users(Database& database);

}  // namespace offcirc
