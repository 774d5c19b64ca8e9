// Puts the rows of an import into their tables, and takes out those that --replace removes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/data/csv_tables.hpp"
#include "loader/data/row_reader.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

// Puts the rows of a data file into their table.

class RowWriter {
 public:
  RowWriter(Database& database, const CsvTable& table);

  /// `values` by the columns of the table, likewise below. Returns the number of the new row.
  Row insert(const std::vector<Cell>& values);
  /// False where the row is so already.
  bool update(Row row, const std::vector<Cell>& values);

 private:
  void bind(Statement& statement, int first, const std::vector<Cell>& values);

  Database& m_database;
  const CsvTable& m_table;
  Statement m_insert, m_update;
  Row m_last = 0;  // the number given last, where rows are known by a number of their own
};

// The other IDs of users during an import: an ID may pass from one user to another in one file, whatever their order.

class AliasImport {
 public:
  explicit AliasImport(Database& database) : m_database(database) {}

  /// The user's are these from now on, and no others.
  void add(Row user, const std::vector<ImportedAlias>& aliases);
  /// Writes them all. Adds an error for each ID that is of two users. Returns the users whose IDs have changed.
  std::vector<Row> write(const ImportedTable& users, ImportErrors& errors);
  /// Adds an error for each ID that is a user's user_id and another ID as well.
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

// What an import with --replace takes out of the tables: the rows that their files do not have.

/// Returns how many were removed. Adds an error for each that must stay because rows of a table that is not replaced
/// refer to it. `file` is the one to name then. The tables that refer to this one come before it.
std::uint64_t remove_unseen(Database& database, CsvTableIndex table, const ImportedTables& tables, std::uint32_t file,
                            ImportErrors& errors);

}  // namespace offcirc
