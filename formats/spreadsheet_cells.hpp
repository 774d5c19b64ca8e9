// Undoes what a spreadsheet has made of the cells of a plain CSV log: dates and amounts as the country writes them.
#pragma once

#include <string_view>

#include "formats/csv_transaction.hpp"

namespace offcirc {

/// `6/12/2026 10:12` of a date column becomes `2026-06-12T10:12:00` by the date order of the context, so that it is the
/// same row as one in ISO 8601; with a separator other than a comma, the amount `12,50` becomes `12.50`. What is
/// neither stays as it is.
void undo_spreadsheet(CsvCells& cells, char separator, const LogContext& context);

/// `2,1221E+13`: what is left of a long ID in a column that a spreadsheet took for numbers.
bool is_shortened_number(std::string_view id);

}  // namespace offcirc
