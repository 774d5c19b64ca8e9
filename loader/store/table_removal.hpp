// What an import with --replace takes out of the tables: the rows that their files do not have.
#pragma once

#include <cstdint>

#include "loader/store/import_errors.hpp"
#include "loader/store/import_rows.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// Returns how many were removed. Adds an error for each that must stay because rows of a table that is not replaced
/// refer to it. `file` is the one to name then. The tables that refer to this one come before it.
std::uint64_t remove_unseen(Database& database, CsvTableIndex table, const ImportedTables& tables, std::uint32_t file,
                            ImportErrors& errors);

}  // namespace offcirc
