// What a spreadsheet puts between the fields of a CSV log: a comma, or in many countries a semicolon, or a tab.
#pragma once

#include <string_view>

namespace offcirc {

struct CsvDialect {
  char separator = ',';
  bool has_separator_line = false;  ///< the first line is `sep=;`, which tells Excel, and stands before the header row
};

/// Of a log that begins with `head`: what its first line says, else what parts its header row into the most columns of
/// the plain log format.
CsvDialect csv_dialect_of(std::string_view head);

}  // namespace offcirc
