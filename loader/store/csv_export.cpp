#include "loader/store/csv_export.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "formats/csv_text.hpp"
#include "loader/output/new_file.hpp"
#include "loader/run_error.hpp"
#include "loader/store/codes.hpp"
#include "loader/store/csv_cells.hpp"
#include "loader/store/csv_tables.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_buffer_bytes = 1 << 20;

/// The ID that a column of the table refers to by its number.
std::string looked_up(std::string_view id, std::string_view table, std::string_view row, std::string_view column) {
  return fmt::format("(SELECT {} FROM {} AS named WHERE named.{} = t.{})", id, table, row, column);
}

using Codes = std::unordered_map<std::int64_t, std::string>;

Codes by_number(const CodeTable& table) {
  Codes codes;
  for (const auto& [code, number] : table.all()) codes.emplace(number, code);
  return codes;
}

/// What a column of codes refers to by numbers; none of any other. Codes are few, and so need not be looked up for each
/// row.
std::optional<Codes> codes_of(const CodeTables& tables, CellType type) {
  switch (type) {
    case CellType::library:
      return by_number(tables.libraries);
    case CellType::profile:
      return by_number(tables.profiles);
    case CellType::item_type:
      return by_number(tables.item_types);
    case CellType::location:
      return by_number(tables.locations);
    case CellType::rule:
      return by_number(tables.rules);
    default:
      return std::nullopt;
  }
}

std::string alias_list(std::string_view kind) {
  return fmt::format(
      "(SELECT group_concat(id, ';') FROM (SELECT id FROM user_aliases a "
      "WHERE a.user = t.user AND a.kind = '{}' ORDER BY id))",
      kind);
}

std::string expression_of(const CsvColumn& column) {
  switch (column.type) {
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

/// Writes rows of one table as lines.
class TableText {
 public:
  TableText(const Database& database, const CodeTables& codes, const CsvTable& table, const Zone& zone)
      : m_database(database), m_table(table), m_zone(zone) {
    for (const CsvColumn& column : table.columns) m_codes.push_back(codes_of(codes, column.type));
  }

  [[nodiscard]] std::string header() const {
    std::string text;
    for (const CsvColumn& column : m_table.columns) {
      if (!text.empty()) text += ',';
      text += column.name;
    }
    return text + '\n';
  }

  void append(const Statement& row, std::string& text) const {
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
      const auto index = static_cast<int>(i);
      if (i != 0) text += ',';
      if (!m_codes[i])
        append_csv_field(text, export_cell(m_table.columns[i].type, row, index, m_zone));
      else if (!row.is_null(index))
        append_csv_field(text, code(*m_codes[i], row.integer(index)));
    }
    text += '\n';
  }

 private:
  [[nodiscard]] const std::string& code(const Codes& codes, std::int64_t number) const {
    const auto found = codes.find(number);
    if (found == codes.end()) m_database.fail_as_damaged(fmt::format("a code of {} is missing", m_table.table));
    return found->second;
  }

  const Database& m_database;
  const CsvTable& m_table;
  const Zone& m_zone;
  std::vector<std::optional<Codes>> m_codes;  // by column
};

void write_table(const Database& database, const CodeTables& codes, const CsvTable& table, const Zone& zone,
                 NewFile& file) {
  const TableText lines(database, codes, table, zone);
  std::string text = lines.header();
  Statement rows(database, query_of(table));
  while (rows.next()) {
    lines.append(rows, text);
    if (text.size() < k_buffer_bytes) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
}

}  // namespace

void export_files(Database& database, const fs::path& folder, const Zone& zone) {
  make_folder(folder);
  const CodeTables codes(database);
  std::vector<NewFile> files;
  for (const CsvTable& table : csv_tables()) {
    write_table(database, codes, table, zone, files.emplace_back(folder / table.file, NewFile::Replace::yes));
  }
  for (NewFile& file : files) file.keep();
}

}  // namespace offcirc
