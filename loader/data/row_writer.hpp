// Writes the rows of an import into their tables, and removes the rows that --replace drops.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/circulation/former_rows.hpp"
#include "loader/data/csv_tables.hpp"
#include "loader/data/row_reader.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

/// Writes the rows of a data file into their table. `values` are by the columns of the table.
class RowWriter {
 public:
  RowWriter(Database& database, const CsvTable& table);

  /// Returns the number of the new row.
  Row insert(const std::vector<Cell>& values);
  /// Returns false if the row already has these values.
  bool update(Row row, const std::vector<Cell>& values);

 private:
  void bind(Statement& statement, int first, const std::vector<Cell>& values);

  Database& m_database;
  const CsvTable& m_table;
  Statement m_insert, m_update;
  std::optional<FormerTitles> m_titles;  // of items
  std::size_t m_title_column = 0;
  Row m_last = 0;  // the number assigned last, in tables with row numbers of their own
};

/// Imports the alternate and inactive IDs of users. Collects all of them first, so that an ID can pass from one user to
/// another in one file, no matter which row comes first.
class AliasImport {
 public:
  explicit AliasImport(Database& database) : m_database(database) {}

  /// `aliases` will be the only ones of this user.
  void add(Row user, const std::vector<ImportedAlias>& aliases);
  /// Writes all aliases. Adds an error for each ID that is listed twice or belongs to another user. Returns the users
  /// whose aliases changed.
  std::vector<Row> write(const ImportedTable& users, ImportErrors& errors);
  /// Adds an error for each ID that is both a user_id and an alias.
  void check_user_ids(const ImportedTable& users, ImportErrors& errors);

 private:
  struct Alias {
    std::string id;
    Row user = 0;
    bool inactive = false;
    CsvPlace place;
  };
  using Aliases = std::vector<Alias>;

  void check_twice(ImportErrors& errors) const;
  [[nodiscard]] Aliases of_database(const ImportedTable& users);
  void remove(const Aliases& gone);
  void insert(const Aliases& added, ImportErrors& errors);

  Database& m_database;
  Aliases m_aliases;  // sorted by write()
};

/// With --replace: removes the rows that the files of a table do not have, and returns how many. Removes none if rows
/// of other tables still refer to one of them, and adds an error for each such row, at `file`. Call it for the tables
/// that refer to this one first.
std::uint64_t remove_unseen(Database& database, CsvTableIndex table, const ImportedTables& tables, std::uint32_t file,
                            ImportErrors& errors);

}  // namespace offcirc
