#include "loader/store/row_writer.hpp"

#include <fmt/format.h>

#include "loader/rules/fold.hpp"
#include "loader/store/row_numbers.hpp"

namespace offcirc {

namespace {

/// The columns that the database has for the file's, then the one that it derives.
std::vector<std::string_view> stored_columns(const CsvTable& table) {
  std::vector<std::string_view> names;
  for (const CsvColumn& column : table.columns) {
    if (!column.column.empty()) names.push_back(column.column);
  }
  if (table.table == "users") names.emplace_back("folded_last_name");
  return names;
}

std::string joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "?2, ?3, ?4"
std::string parameters(std::size_t count, std::size_t first) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{}?{}", i == 0 ? "" : ", ", first + i);
  return text;
}

/// A charge is known by the number of its item; all others have their own.
bool has_own_number(const CsvTable& table) {
  return table.columns[0].column != table.row;
}

std::string insert_sql(const CsvTable& table) {
  auto names = stored_columns(table);
  if (has_own_number(table)) names.insert(names.begin(), table.row);
  return fmt::format("INSERT INTO {}({}) VALUES ({})", table.table, joined(names), parameters(names.size(), 1));
}

std::string update_sql(const CsvTable& table) {
  const auto names = stored_columns(table);
  return fmt::format("UPDATE {0} SET ({1}) = ({2}) WHERE {3} = ?1 AND ({1}) IS NOT ({2})", table.table, joined(names),
                     parameters(names.size(), 2), table.row);
}

}  // namespace

RowWriter::RowWriter(Database& database, const CsvTable& table)
    : m_database(database),
      m_table(table),
      m_insert(database, insert_sql(table)),
      m_update(database, update_sql(table)) {
  if (has_own_number(table)) m_last = last_number(database, table.table, table.row);
}

Row RowWriter::insert(const std::vector<Cell>& values) {
  m_insert.reset();
  int first = 1;
  if (has_own_number(m_table)) m_insert.bind(first++, ++m_last);
  bind(m_insert, first, values);
  m_insert.run();
  return m_database.last_row();
}

bool RowWriter::update(Row row, const std::vector<Cell>& values) {
  m_update.reset();
  m_update.bind(1, row);
  bind(m_update, 2, values);
  return m_update.run() != 0;
}

void RowWriter::bind(Statement& statement, int first, const std::vector<Cell>& values) {
  int index = first;
  std::string_view last_name;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const CsvColumn& column = m_table.columns[i];
    if (column.name == "last_name") last_name = values[i].text();
    if (!column.column.empty()) statement.bind(index++, values[i]);
  }
  if (m_table.table == "users") statement.bind_copy(index, folded_name(last_name));
}

}  // namespace offcirc
