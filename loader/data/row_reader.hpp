// Reads one row of a data file: converts each cell to the value that the database stores, or adds an error for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/csv_text.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/data/csv_tables.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

/// An alternate or inactive ID of a user.
struct ImportedAlias {
  std::string id;
  bool inactive = false;
  CsvPlace place;
};

struct ImportedRow {
  std::string key;           ///< the text of the first column
  CsvPlace place;            ///< of the first column
  std::vector<Cell> values;  ///< by the columns of the table; null in those of alternate and inactive IDs
  std::vector<ImportedAlias> aliases;
  bool faulty = false;
};

/// What reading the rows of an import needs.
struct ImportContext {
  const Policy& policy;
  CodeTables& codes;
  Statement& find_title;
  Statement& add_title;
  Database& database;
  ImportedTables& tables;
  ImportErrors& errors;
};

class RowReader {
 public:
  /// `positions`: by the columns of the table, the index of the field in the file's rows, or -1 if the file lacks it.
  RowReader(const ImportContext& context, const CsvTable& table, std::vector<int> positions, std::uint32_t file);

  /// Overwrites `row`. Adds an error for each invalid cell, and marks the row as faulty then.
  void read(const CsvReader::Row& fields, ImportedRow& row);

 private:
  Cell read_cell(const CsvColumn& column, std::string_view text, const CsvPlace& place, ImportedRow& row);
  Cell known_code(const CsvColumn& column, CodeTable& codes, bool in_policy, std::string_view text,
                  const CsvPlace& place, ImportedRow& row);
  Cell reference(CsvTableIndex index, std::string_view what, std::string_view text, const CsvPlace& place,
                 ImportedRow& row);
  Cell title(std::string_view text);
  void read_aliases(std::string_view list, bool inactive, const CsvPlace& place, ImportedRow& row);
  void complete_hold(ImportedRow& row);
  void fail(const CsvPlace& place, std::string_view sentence, ImportedRow& row);

  ImportContext m_context;
  const CsvTable& m_table;
  std::vector<int> m_positions;
  std::uint32_t m_file;
};

/// Finds the positions of the table's columns in a file with this header row. Adds an error for each column that is
/// unknown, duplicated, or required but missing, and returns an empty vector then.
std::vector<int> read_header(const CsvReader::Row& header, const CsvTable& table, std::uint32_t file,
                             ImportErrors& errors);

}  // namespace offcirc
