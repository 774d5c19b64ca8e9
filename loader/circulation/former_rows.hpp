// What the journal keeps of users, items and titles that it names when others remove or change them.
#pragma once

#include <cstdint>
#include <string_view>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

/// Before the rows of `users` or `items` that `condition` selects are removed (SQL, of the columns of that table):
/// keeps the ID, and the title of an item, of those that results name. Reads all results once, so it is for imports
/// that remove something, and not for single rows.
void keep_former_users(Database& database, std::string_view condition);
void keep_former_items(Database& database, std::string_view condition);

/// Before the title of an item changes: keeps the title that the loads so far have seen.
class FormerTitles {
 public:
  explicit FormerTitles(const Database& database);
  void keep(Row item, std::string_view new_title);

 private:
  std::int64_t m_last_load;  // 0: there is none, and nothing to keep
  Statement m_keep;
};

/// After results were pruned: forgets the users whom no result names any more.
void forget_former_rows(Database& database);

}  // namespace offcirc
