// One row of a data file, understood: every cell as the database keeps it, or a sentence for each that is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/csv_text.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/data/csv_tables.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

/// Another ID of a user, as its cell has it.
struct ImportedAlias {
  std::string id;
  bool inactive = false;
  CsvPlace place;
};

struct ImportedRow {
  std::string key;           ///< the text of the first column
  CsvPlace place;            ///< of the first column
  std::vector<Cell> values;  ///< by the columns of the table; null for the lists
  std::vector<ImportedAlias> aliases;
  bool faulty = false;
};

/// What all rows of an import are read with.
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
  /// `positions`: by the columns of the table, their place in the file's rows, or -1.
  RowReader(const ImportContext& context, const CsvTable& table, std::vector<int> positions, std::uint32_t file);

  /// Adds an error for each cell that is wrong.
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

/// The positions of the table's columns in a file with this header row. Adds an error for each column that is unknown,
/// there twice, or missing though no row can be without; empty then.
std::vector<int> read_header(const CsvReader::Row& header, const CsvTable& table, std::uint32_t file,
                             ImportErrors& errors);

}  // namespace offcirc
