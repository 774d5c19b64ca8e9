// Holds what a scene says of the world afterwards against a world.
#pragma once

#include "tests/model/world.hpp"
#include "tests/rules/table.hpp"

namespace offcirc::tables {

/// What `world` has instead of what the row says; empty where it has just that. Only the columns of the row's table
/// that are not empty are looked at. Throws TableError.
std::string contradiction(const std::string& table, const TableRow& row, const model::World& world, const Zone& zone);

}  // namespace offcirc::tables
