// Writes the data files from the database, in the one form that makes equal databases equal files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "loader/data/csv_tables.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// The cells of the data files that need nothing else to be understood: numbers, money, dates, times; to the database
// and back.

/// What the database keeps for a cell, null for an empty one that means not known. Nullopt where the text is none of
/// that type. Of the types that name something else (library to item, the lists), only export_cell knows.
std::optional<Cell> import_cell(CellType type, std::string_view text, const Zone& zone);

/// What a cell of this type looks like: "a date such as 2026-06-12".
std::string_view description_of(CellType type);

/// The text of a cell from a column of a query.
std::string export_cell(CellType type, const Statement& row, int column, const Zone& zone);

/// Inside a transaction of the caller. See Store::export_csv.
void export_files(Database& database, const std::filesystem::path& folder, const Zone& zone);

}  // namespace offcirc
