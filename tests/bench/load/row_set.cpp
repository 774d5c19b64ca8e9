#include "tests/bench/load/row_set.hpp"

#include <fmt/format.h>

namespace offcirc::bench {
namespace {

constexpr unsigned k_size_bits = 24;
constexpr std::size_t k_most_short_texts = 10'000;

}  // namespace

RowSet::RowSet(const Database& database, const std::string& table, const std::string& rows) {
  Statement columns(database, "SELECT name, type = 'TEXT' FROM pragma_table_info(?1) ORDER BY cid");
  columns.with(table);
  while (columns.next()) {
    m_names += fmt::format("{}{}", m_names.empty() ? "" : ", ", columns.text(0));
    m_columns.emplace_back().is_text = columns.integer(1) != 0;
  }
  read(database, fmt::format("SELECT {} FROM {} {}", m_names, table, rows));
}

RowSet::RowSet(const Database& database, const std::string& query, std::string_view texts) {
  for (const char type : texts) m_columns.emplace_back().is_text = type == 't';
  read(database, query);
}

void RowSet::read(const Database& database, const std::string& query) {
  Statement rows(database, query);
  for (; rows.next(); ++m_size) {
    int index = 0;
    for (Column& column : m_columns) {
      column.nulls.push_back(rows.is_null(index));
      column.values.push_back(column.is_text ? keep(rows.text(index))
                                             : static_cast<std::uint64_t>(rows.integer(index)));
      ++index;
    }
  }
}

std::uint64_t RowSet::keep(std::string_view text) {
  const std::uint64_t place = m_text.size() << k_size_bits | text.size();
  if (m_short_texts.size() < k_most_short_texts) {
    const auto [known, is_new] = m_short_texts.emplace(text, place);
    if (!is_new) return known->second;
  } else if (const auto known = m_short_texts.find(std::string(text)); known != m_short_texts.end()) {
    return known->second;
  }
  m_text += text;
  return place;
}

void RowSet::add(std::size_t row, RowCells& cells) const {
  for (const Column& column : m_columns) {
    const std::uint64_t value = column.values[row];
    if (column.nulls[row])
      cells.add(Cell());
    else if (!column.is_text)
      cells.add(static_cast<std::int64_t>(value));
    else
      cells.add(std::string_view(m_text).substr(value >> k_size_bits, value & ((1U << k_size_bits) - 1)));
  }
}

}  // namespace offcirc::bench
