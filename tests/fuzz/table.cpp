// CSV rows, which the CSV log format, the circulation map, and the data files consist of.
#include <vector>

#include "formats/csv_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

void check_row(const CsvReader::Row& row, std::string_view text, std::uint32_t line_before) {
  // Only a row damaged by zero bytes may share its line with the previous row.
  promise(row.line > line_before || (row.line == line_before && row.error), "The lines of the rows do not ascend.");
  promise(row.error.has_value() || !row.fields.empty(), "A row has no field.");
  for (const CsvReader::Field& field : row.fields) {
    promise(field.column > 0 && field.column <= text.size() + 1, "A field begins beside the text.");
  }
  if (row.error) promise(row.error->ends_with('.'), "An error is no sentence.");
}

// Writing a row and reading it back leaves it unchanged.
void check_copy(const CsvReader::Row& row) {
  std::string csv = "header\n";  // the row after it may begin with a byte order mark
  for (const CsvReader::Field& field : row.fields) {
    if (&field != &row.fields.front()) csv += ',';
    append_csv_field(csv, field.text);
  }
  csv += '\n';
  CsvReader reader(csv);
  CsvReader::Row copy;
  reader.next(copy);
  promise(reader.next(copy) && !copy.error, "What was written is no row.");
  promise(copy.fields.size() == row.fields.size(), "What was written has other fields.");
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    promise(copy.fields[i].text == row.fields[i].text, "A field is read back as another.");
  }
  promise(!reader.next(copy), "One row has become two.");
}

void check_rows(std::string_view text, std::size_t max_row_bytes, char separator) {
  CsvReader reader(text, max_row_bytes, separator);
  CsvReader::Row row;
  std::size_t rows = 0;
  for (std::uint32_t line = 0; reader.next(row); line = row.line) {
    promise(++rows <= text.size(), "There are more rows than bytes.");
    check_row(row, text, line);
    if (!row.error) check_copy(row);
  }
}

}  // namespace

void fuzz(std::string_view input) {
  constexpr std::size_t k_few_bytes = 20;
  for (const char separator : {',', ';', '\t'}) {
    check_rows(input, SIZE_MAX, separator);
    check_rows(input, k_few_bytes, separator);
  }
}

}  // namespace offcirc
