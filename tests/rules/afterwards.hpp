// Compares what a scene says about the world afterwards with a world.
#pragma once

#include "tests/model/world.hpp"
#include "tests/rules/table.hpp"

namespace offcirc::tables {

/// Describes how `world` differs from the row; empty if it does not. Only the row's nonempty columns are compared.
/// Throws TableError.
std::string contradiction(const std::string& table, const TableRow& row, const model::World& world, const Zone& zone);

}  // namespace offcirc::tables
