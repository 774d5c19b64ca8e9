// Keeps the lists for the shelves in the journal, so that a load's report can be made again.
#pragma once

#include <cstdint>

#include "loader/rules/shelf_lists.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

void write_shelf_lists(Database& database, const ShelfLists& lists, std::int64_t load);

/// RunError where a hold has an event that no version of offcirc has written.
ShelfLists read_shelf_lists(const Database& database, std::int64_t load);

}  // namespace offcirc
