#include "loader/data/csv_export.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "formats/csv_text.hpp"
#include "formats/fields.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/data/csv_tables.hpp"
#include "loader/model/circulation_map.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_end_of_day = 23 * 3600 + 59 * 60;

std::optional<Cell> import_count(std::string_view text) {
  if (text.empty()) return Cell(std::int64_t{0});
  const auto count = parse_digits(text);
  return count ? std::optional(Cell(std::int64_t{*count})) : std::nullopt;
}

std::optional<Cell> import_boolean(std::string_view text) {
  if (equal_ignoring_case(text, "true") || text == "1") return Cell(std::int64_t{1});
  if (equal_ignoring_case(text, "false") || text == "0" || text.empty()) return Cell(std::int64_t{0});
  return std::nullopt;
}

std::optional<Cell> import_date(std::string_view text) {
  const auto stamp = parse_iso(text);
  if (!stamp || !stamp->is(StampForm::date)) return std::nullopt;
  return Cell(stamp->seconds() / k_day_seconds);
}

std::optional<Cell> import_time(std::string_view text, const Zone& zone, bool due) {
  const auto stamp = parse_iso(text);
  if (!stamp || (stamp->is(StampForm::never) && !due)) return std::nullopt;
  if (due && stamp->is(StampForm::date)) return Cell(zone.to_utc(stamp->seconds() + k_end_of_day));
  return Cell(utc_of(*stamp, zone));
}

std::optional<Cell> import_money(std::string_view text, bool may_be_credit) {
  const bool credit = may_be_credit && text.starts_with('-');
  const auto cents = parse_money(credit ? text.substr(1) : text);
  if (!cents) return std::nullopt;
  return Cell(credit ? -*cents : *cents);
}

std::optional<Cell> import_hold_status(std::string_view text) {
  if (text.empty()) return Cell(name_of(HoldStatus::waiting));
  const auto status = hold_status_called(text);
  if (!status || *status == HoldStatus::filled) return std::nullopt;
  return Cell(name_of(*status));
}

}  // namespace

std::optional<Cell> import_cell(CellType type, std::string_view text, const Zone& zone) {
  switch (type) {
    case CellType::text:
    case CellType::key:
      return Cell(text);
    case CellType::count:
      return import_count(text);
    case CellType::boolean:
      return import_boolean(text);
    case CellType::hold_status:
      return import_hold_status(text);
    default:
      break;
  }
  if (text.empty()) return Cell();
  switch (type) {
    case CellType::date:
      return import_date(text);
    case CellType::time:
      return import_time(text, zone, false);
    case CellType::due:
      return import_time(text, zone, true);
    case CellType::price:
      return import_money(text, false);
    case CellType::amount:
      return import_money(text, true);
    case CellType::rule:
      return parse_rule(text) ? std::optional(Cell(text)) : std::nullopt;
    case CellType::level:
      if (text != "title" && text != "item") return std::nullopt;
      return Cell(std::int64_t{text == "item"});
    default:
      return Cell(text);
  }
}

std::string_view description_of(CellType type) {
  switch (type) {
    case CellType::count:
      return "a whole number";
    case CellType::boolean:
      return "true or false";
    case CellType::date:
      return "a date such as 2026-06-12";
    case CellType::time:
      return "a time such as 2026-06-12T10:12:31";
    case CellType::due:
      return "a time such as 2026-06-12T10:12:31, or NEVER";
    case CellType::price:
    case CellType::amount:
      return "an amount such as 12.50";
    case CellType::rule:
      return "a circulation rule such as 21D-10D-5M";
    case CellType::level:
      return "title or item";
    case CellType::hold_status:
      return "waiting, on-shelf or in-transit";
    default:
      return "text";
  }
}

std::string export_cell(CellType type, const Statement& row, int column, const Zone& zone) {
  if (row.is_null(column)) return {};
  switch (type) {
    case CellType::count:
      return fmt::format("{}", row.integer(column));
    case CellType::boolean:
      return row.integer(column) != 0 ? "true" : "false";
    case CellType::date:
      return iso_date(static_cast<Day>(row.integer(column)));
    case CellType::time:
    case CellType::due:
      return iso_time(row.integer(column), zone);
    case CellType::price:
    case CellType::amount:
      return money_cell(row.integer(column));
    case CellType::level:
      return row.integer(column) != 0 ? "item" : "title";
    default:
      return std::string(row.text(column));
  }
}

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_buffer_bytes = 1 << 20;

/// SQL for the ID of the row whose number is in `column`.
std::string looked_up(std::string_view id, std::string_view table, std::string_view row, std::string_view column) {
  return fmt::format("(SELECT {} FROM {} AS named WHERE named.{} = t.{})", id, table, row, column);
}

using Codes = std::unordered_map<std::int64_t, std::string>;

Codes by_number(const CodeTable& table) {
  Codes codes;
  for (const auto& [code, number] : table.all()) codes.emplace(number, code);
  return codes;
}

/// The codes that a column of this type refers to by number; nullopt if it is no column of codes. Codes are few, so
/// they are read once instead of being looked up for each row.
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
      "WHERE a.user_no = t.user_no AND a.kind = '{}' ORDER BY id))",
      kind);
}

std::string expression_of(const CsvColumn& column) {
  switch (column.type) {
    case CellType::title:
      return looked_up("title_id", "titles", "title_no", column.column);
    case CellType::user:
      return looked_up("user_id", "users", "user_no", column.column);
    case CellType::item:
      return looked_up("item_id", "items", "item_no", column.column);
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

/// Formats the rows of one table as CSV lines.
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
  const DbTransaction transaction(database);
  make_folder(folder);
  const CodeTables codes(database);
  std::vector<NewFile> files;
  for (const CsvTable& table : csv_tables()) {
    write_table(database, codes, table, zone, files.emplace_back(folder / table.file, NewFile::Replace::yes));
  }
  for (NewFile& file : files) file.keep();
}

}  // namespace offcirc
