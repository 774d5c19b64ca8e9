// The other IDs of users during an import: an ID may pass from one user to another in one file, whatever their order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/store/import_rows.hpp"
#include "loader/store/row_reader.hpp"

namespace offcirc {

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

}  // namespace offcirc
