#include "formats/spreadsheet_cells.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "formats/fields.hpp"
#include "formats/iso_stamp.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {
namespace {

constexpr std::array k_date_columns = {CsvColumn::occurred_at,   CsvColumn::recorded_at, CsvColumn::due_at,
                                       CsvColumn::discharged_on, CsvColumn::birth_date,  CsvColumn::expires_on};

// ISO 8601 has a hyphen behind the year: nearly all cells, which cost no more than this look.
bool may_be_written_date(std::string_view cell) {
  return !cell.empty() && cell[0] >= '0' && cell[0] <= '9' && (cell.size() < 5 || cell[4] != '-');
}

}  // namespace

void undo_spreadsheet(CsvCells& cells, char separator, const LogContext& context) {
  for (const CsvColumn column : k_date_columns) {
    std::string_view& cell = cells.text[static_cast<std::size_t>(column)];
    if (!may_be_written_date(cell)) continue;
    const Stamp stamp = parse_written_stamp(cell, context.date_order);
    if (stamp.says_when()) cell = context.arena.keep(iso_stamp_text(stamp));
  }
  std::string_view& amount = cells.text[static_cast<std::size_t>(CsvColumn::amount)];
  if (separator != ',' && std::count(amount.begin(), amount.end(), ',') == 1) {
    std::string with_point(amount);
    with_point[with_point.find(',')] = '.';
    amount = context.arena.keep(with_point);
  }
}

bool is_shortened_number(std::string_view id) {
  const std::size_t mark = id.find_first_of("Ee");
  if (mark == std::string_view::npos || !id.substr(mark + 1).starts_with('+') || !is_digits(id.substr(mark + 2))) {
    return false;
  }
  const std::string_view number = id.substr(0, mark);
  const std::size_t point = number.find_first_of(".,");
  const bool has_decimals = point == std::string_view::npos || is_digits(number.substr(point + 1));
  return is_digits(number.substr(0, point)) && has_decimals;
}

}  // namespace offcirc
