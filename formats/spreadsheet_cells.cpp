#include "formats/spreadsheet_cells.hpp"

#include <algorithm>
#include <string>

#include "formats/fields.hpp"
#include "formats/iso_stamp.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {

std::optional<Stamp> parse_sheet_stamp(std::string_view cell, DateOrder order) {
  if (const auto stamp = parse_iso_stamp(cell)) return stamp;
  const Stamp written = parse_written_stamp(cell, order);
  return written.says_when() ? std::optional(written) : std::nullopt;
}

bool has_short_year(std::string_view cell) {
  std::string_view day = cell.substr(0, cell.find_first_of(" ,T"));
  for (int number = 1; number <= 3; ++number) {
    const std::size_t end = number < 3 ? day.find_first_of("/-.") : day.size();
    if (end == std::string_view::npos || end > 2 || !is_digits(day.substr(0, end))) return false;
    day.remove_prefix(std::min(end + 1, day.size()));
  }
  return true;
}

std::optional<Cents> parse_sheet_money(std::string_view cell, char separator) {
  const bool has_comma = separator != ',' && std::count(cell.begin(), cell.end(), ',') == 1;
  if (!has_comma) return parse_money(cell);
  std::string with_point(cell);
  with_point[with_point.find(',')] = '.';
  return parse_money(with_point);
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
