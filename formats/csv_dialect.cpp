#include "formats/csv_dialect.hpp"

#include <algorithm>
#include <array>

#include "formats/csv_columns.hpp"
#include "formats/csv_text.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"

namespace offcirc {
namespace {

constexpr std::array k_separators = {',', ';', '\t'};

std::ptrdiff_t known_columns(std::string_view header, char separator) {
  CsvReader reader(header, k_max_line_bytes, separator);
  CsvReader::Row row;
  if (!reader.next(row)) return 0;
  return std::count_if(row.fields.begin(), row.fields.end(),
                       [](const CsvReader::Field& field) { return find_csv_column(trimmed(field.text)).has_value(); });
}

}  // namespace

CsvDialect csv_dialect_of(std::string_view head) {
  constexpr std::string_view k_prefix = "sep=";
  LineReader lines(head);
  std::string_view first;
  if (!lines.next(first)) return {};
  const bool says = first.size() == k_prefix.size() + 1 && equal_ignoring_case(first.substr(0, 4), k_prefix);
  if (says && std::find(k_separators.begin(), k_separators.end(), first.back()) != k_separators.end()) {
    return {first.back(), true};
  }
  CsvDialect dialect;
  std::ptrdiff_t most = 0;
  for (const char separator : k_separators) {
    const std::ptrdiff_t columns = known_columns(first, separator);
    if (columns > most) dialect.separator = separator;
    most = std::max(most, columns);
  }
  return dialect;
}

}  // namespace offcirc
