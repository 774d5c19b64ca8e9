#include "loader/data/row_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/fields.hpp"
#include "loader/data/csv_export.hpp"

namespace offcirc {

namespace {

// Indexes of columns in holds.csv.
constexpr std::size_t k_level = 1, k_title = 2, k_item = 3;

}  // namespace

RowReader::RowReader(const ImportContext& context, const CsvTable& table, std::vector<int> positions,
                     std::uint32_t file)
    : m_context(context), m_table(table), m_positions(std::move(positions)), m_file(file) {}

void RowReader::read(const CsvReader::Row& fields, ImportedRow& row) {
  row.values.clear();
  row.aliases.clear();
  row.faulty = false;
  for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
    const CsvColumn& column = m_table.columns[i];
    const bool given = m_positions[i] >= 0;
    const auto position = static_cast<std::size_t>(m_positions[i]);
    const std::string_view field = given ? fields.fields[position].text : std::string_view();
    const std::string_view text = column.type == CellType::text ? field : trimmed_text(field);
    const CsvPlace place{m_file, fields.line, given ? fields.fields[position].column : 0};
    if (i == 0) {
      row.key = text;
      row.place = place;
    }
    if (column.required && text.empty()) fail(place, fmt::format("{} must not be empty.", column.name), row);
    row.values.push_back(text.empty() && column.required ? Cell() : read_cell(column, text, place, row));
  }
  if (m_table.file == "holds.csv") complete_hold(row);
}

Cell RowReader::read_cell(const CsvColumn& column, std::string_view text, const CsvPlace& place, ImportedRow& row) {
  const Policy& policy = m_context.policy;
  CodeTables& codes = m_context.codes;
  switch (column.type) {
    case CellType::library:
      return known_code(column, codes.libraries, policy.find_library(text) != k_no_library, text, place, row);
    case CellType::profile:
      return known_code(column, codes.profiles, policy.find_profile(text) != k_no_profile, text, place, row);
    case CellType::item_type:
      return text.empty() ? Cell() : Cell(codes.item_types.row_of(text));
    case CellType::location:
      return text.empty() ? Cell() : Cell(codes.locations.row_of(text));
    case CellType::title:
      return text.empty() ? Cell() : title(text);
    case CellType::user:
      return reference(CsvTableIndex::users, "user", text, place, row);
    case CellType::item:
      return reference(CsvTableIndex::items, "item", text, place, row);
    case CellType::alternate_ids:
      read_aliases(text, false, place, row);
      return {};
    case CellType::inactive_ids:
      read_aliases(text, true, place, row);
      return {};
    default:
      break;
  }
  const std::optional<Cell> cell = import_cell(column.type, text, policy.zone);
  if (!cell) {
    fail(place, fmt::format("{}: expected {}, got {}.", column.name, description_of(column.type), quoted(text)), row);
    return {};
  }
  if (column.type == CellType::rule && !cell->is_null()) return codes.rules.row_of(text);
  return *cell;
}

Cell RowReader::known_code(const CsvColumn& column, CodeTable& codes, bool in_policy, std::string_view text,
                           const CsvPlace& place, ImportedRow& row) {
  if (text.empty()) return {};
  if (in_policy) return codes.row_of(text);
  if (const auto known = codes.find(text)) return *known;
  const std::string_view what = column.type == CellType::profile ? "profile" : "library";
  fail(place,
       fmt::format("{}: there is no {} {}. Correct the row, or add the {} to the configuration.", column.name, what,
                   quoted(text), what),
       row);
  return {};
}

Cell RowReader::reference(CsvTableIndex index, std::string_view what, std::string_view text, const CsvPlace& place,
                          ImportedRow& row) {
  if (text.empty()) return {};
  ImportedTable& table = table_of(m_context.tables, index);
  const auto found = table.find(text);
  if (found && table.stays(*found)) return *found;
  if (table.is_faulty(std::string(text))) {
    row.faulty = true;  // the error in that row has already been reported
    return {};
  }
  const std::string_view file = csv_tables()[static_cast<std::size_t>(index)].file;
  fail(place,
       found ? fmt::format("{0}_id: there is no {0} {1} in {2}, which replaces all {0}s.", what, quoted(text), file)
             : fmt::format("{0}_id: there is no {0} {1} in {2} or in the database.", what, quoted(text), file),
       row);
  return {};
}

Cell RowReader::title(std::string_view text) {
  Statement& find = m_context.find_title;
  const bool found = find.with(text).next();
  const Row known = found ? find.integer(0) : 0;
  find.reset();
  if (found) return known;
  m_context.add_title.with(text).run();
  return m_context.database.last_row();
}

void RowReader::read_aliases(std::string_view list, bool inactive, const CsvPlace& place, ImportedRow& row) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    const std::string_view id = trimmed_text(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    const bool again = std::any_of(row.aliases.begin(), row.aliases.end(), [&](const ImportedAlias& known) {
      return known.id == id && known.inactive == inactive;
    });
    if (!id.empty() && !again) row.aliases.push_back({std::string(id), inactive, place});
  }
}

void RowReader::complete_hold(ImportedRow& row) {
  if (row.faulty) return;
  Cell& level = row.values[k_level];
  if (level.is_null()) level = std::int64_t{!row.values[k_item].is_null()};
  const bool item_level = level.number() != 0;
  if (row.values[item_level ? k_item : k_title].is_null()) {
    fail(row.place, item_level ? "a hold of level item needs an item_id." : "a hold of level title needs a title_id.",
         row);
  }
}

void RowReader::fail(const CsvPlace& place, std::string_view sentence, ImportedRow& row) {
  m_context.errors.add(place, sentence);
  row.faulty = true;
}

}  // namespace offcirc
