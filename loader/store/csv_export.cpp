#include "loader/store/csv_export.hpp"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <vector>

#include "formats/csv_text.hpp"
#include "loader/output/new_file.hpp"
#include "loader/run_error.hpp"
#include "loader/store/csv_cells.hpp"
#include "loader/store/csv_tables.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_buffer_bytes = 1 << 20;

/// The code that a column of the table refers to by its number.
std::string looked_up(std::string_view code, std::string_view table, std::string_view row, std::string_view column) {
  return fmt::format("(SELECT {} FROM {} AS named WHERE named.{} = t.{})", code, table, row, column);
}

std::string alias_list(std::string_view kind) {
  return fmt::format(
      "(SELECT group_concat(id, ';') FROM (SELECT id FROM user_aliases a "
      "WHERE a.user = t.user AND a.kind = '{}' ORDER BY id))",
      kind);
}

std::string expression_of(const CsvColumn& column) {
  switch (column.type) {
    case CellType::library:
      return looked_up("code", "libraries", "library", column.column);
    case CellType::profile:
      return looked_up("code", "profiles", "profile", column.column);
    case CellType::item_type:
      return looked_up("code", "item_types", "item_type", column.column);
    case CellType::location:
      return looked_up("code", "locations", "location", column.column);
    case CellType::rule:
      return looked_up("code", "rules", "rule", column.column);
    case CellType::title:
      return looked_up("title_id", "titles", "title", column.column);
    case CellType::user:
      return looked_up("user_id", "users", "user", column.column);
    case CellType::item:
      return looked_up("item_id", "items", "item", column.column);
    case CellType::alternate_ids:
      return alias_list("alternate");
    case CellType::inactive_ids:
      return alias_list("inactive");
    default:
      return fmt::format("t.{}", column.column);
  }
}

std::string query_of(const CsvTable& table) {
  std::string columns;
  for (const CsvColumn& column : table.columns) {
    columns += fmt::format("{}{}", columns.empty() ? "" : ", ", expression_of(column));
  }
  std::string_view open = "true";
  if (table.table == "holds") open = "t.status <> 'filled'";
  if (table.table == "bills") open = "t.amount_cents <> 0";
  return fmt::format("SELECT {} FROM {} t WHERE {} ORDER BY 1", columns, table.table, open);
}

void write_table(const Database& database, const CsvTable& table, const Zone& zone, NewFile& file) {
  std::string text;
  for (const CsvColumn& column : table.columns) {
    if (!text.empty()) text += ',';
    text += column.name;
  }
  text += '\n';
  Statement rows(database, query_of(table));
  while (rows.next()) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i != 0) text += ',';
      append_csv_field(text, export_cell(table.columns[i].type, rows, static_cast<int>(i), zone));
    }
    text += '\n';
    if (text.size() < k_buffer_bytes) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
}

}  // namespace

void export_files(const Database& database, const fs::path& folder, const Zone& zone) {
  make_folder(folder);
  std::vector<NewFile> files;
  for (const CsvTable& table : csv_tables()) {
    write_table(database, table, zone, files.emplace_back(folder / table.file, NewFile::Replace::yes));
  }
  for (NewFile& file : files) file.keep();
}

}  // namespace offcirc
