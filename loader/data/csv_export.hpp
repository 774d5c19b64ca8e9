// Exports the database as data files, in a canonical form: equal databases give identical files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "loader/data/csv_tables.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// Converts the text of a cell to the value that the database stores; null if an empty cell means unknown. Nullopt if
/// the text is invalid for the type. Types that refer to other tables are left to RowReader; only a rule is checked
/// here.
std::optional<Cell> import_cell(CellType type, std::string_view text, const Zone& zone);

/// Describes a valid cell for an error message: "a date such as 2026-06-12".
std::string_view description_of(CellType type);

/// Converts a column of a query to the text of a cell; null gives an empty cell.
std::string export_cell(CellType type, const Statement& row, int column, const Zone& zone);

/// Writes the five files into `folder`, which is made if it does not exist. One transaction.
void export_files(Database& database, const std::filesystem::path& folder, const Zone& zone);

}  // namespace offcirc
