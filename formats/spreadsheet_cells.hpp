// Reads what people type into the cells of a sheet, and what a spreadsheet makes of it: dates and amounts as the
// country writes them.
#pragma once

#include <optional>
#include <string_view>

#include "formats/log_format.hpp"

namespace offcirc {

/// ISO 8601, or `6/12/2026 10:12` by `order`; nullopt where it is neither.
std::optional<Stamp> parse_sheet_stamp(std::string_view cell, DateOrder order);

/// `6/12/26`, `12.06.26 10:15`: three numbers of which none is a year of four digits.
bool has_short_year(std::string_view cell);

/// `12.50`; with a separator other than a comma also `12,50`.
std::optional<Cents> parse_sheet_money(std::string_view cell, char separator);

/// `2,1221E+13`: what is left of a long ID in a column that a spreadsheet took for numbers.
bool is_shortened_number(std::string_view id);

}  // namespace offcirc
