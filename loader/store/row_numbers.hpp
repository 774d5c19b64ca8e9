// The numbers that users, items, holds and bills are known by inside the database. None is given twice, even when a row
// is gone, since the journal knows rows by their number.
#pragma once

#include <string_view>

#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// The highest number that a row of `table` has or had, 0 where there never was one; `column` is its key.
Row last_number(const Database& database, std::string_view table, std::string_view column);

/// To be called before rows are removed from users, items, holds or bills, in the same database transaction.
void remember_numbers(Database& database);

}  // namespace offcirc
