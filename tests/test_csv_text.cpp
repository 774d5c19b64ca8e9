#include <doctest/doctest.h>
#include <fmt/format.h>

#include "formats/csv_text.hpp"

using offcirc::CsvReader;

namespace {

// One row per line: `LINE:`, its fields in brackets with their columns, then the error.
std::string rows_of(std::string_view text, std::size_t max_row_bytes = SIZE_MAX, char separator = ',') {
  CsvReader reader(text, max_row_bytes, separator);
  std::string all;
  for (CsvReader::Row row; reader.next(row);) {
    all += fmt::format("{}:", row.line);
    for (const CsvReader::Field& field : row.fields) all += fmt::format(" [{}]@{}", field.text, field.column);
    if (row.error) all += fmt::format(" column {}: {}", row.error_column, *row.error);
    all += row.ends_with_newline ? "\n" : " no newline\n";
  }
  return all;
}

std::string written(std::string_view field) {
  std::string row;
  offcirc::append_csv_field(row, field);
  return row;
}

}  // namespace

TEST_CASE("plain rows") {
  CHECK(rows_of("") == "");
  CHECK(rows_of("a,b\nc\n") == "1: [a]@1 [b]@3\n2: [c]@1\n");
  CHECK(rows_of("a,b\r\n,\r\n") == "1: [a]@1 [b]@3\n2: []@1 []@2\n");
  CHECK(rows_of("a,b") == "1: [a]@1 [b]@3 no newline\n");
  CHECK(rows_of("a\n\nb") == "1: [a]@1\n2: []@1\n3: [b]@1 no newline\n");
  CHECK(rows_of("\xEF\xBB\xBF"
                "a,b\n") == "1: [a]@1 [b]@3\n");
}

TEST_CASE("other separators") {
  CHECK(rows_of("a,b;c\n\"x;y\";z\n", SIZE_MAX, ';') == "1: [a,b]@1 [c]@5\n2: [x;y]@1 [z]@7\n");
  CHECK(rows_of("a\t\"b\"\t\n", SIZE_MAX, '\t') == "1: [a]@1 [b]@3 []@7\n");
  CHECK(rows_of("\"a\",b\n", SIZE_MAX, '\t') ==
        "1: column 1: The closing quotation mark of the field is not followed by a tab.\n");
}

TEST_CASE("quoted fields") {
  CHECK(rows_of("\"a,b\",c\n") == "1: [a,b]@1 [c]@7\n");
  CHECK(rows_of("\"a\"\"b\"\"\",\"\"\n") == "1: [a\"b\"]@1 []@10\n");
  CHECK(rows_of("x,\"a\r\nb\",y\r\nz\n") == "1: [x]@1 [a\r\nb]@3 [y]@4\n3: [z]@1\n");
  CHECK(rows_of("a\"b,\"c\"") == "1: [a\"b]@1 [c]@5 no newline\n");
  CHECK(rows_of("\"a\"\r\n\"b\"\r") == "1: [a]@1\n2: [b]@1 no newline\n");
  CHECK(rows_of("\"1\"\"\",\"2\"\"\",\"3\"\"\",\"4\"\"\"\n") == "1: [1\"]@1 [2\"]@7 [3\"]@13 [4\"]@19\n");
}

TEST_CASE("a row that is not CSV costs its line and no other") {
  CHECK(rows_of("a,\"b\nc,d\n") ==
        "1: [a]@1 column 3: The opening quotation mark of the field has no closing one.\n2: [c]@1 [d]@3\n");
  CHECK(rows_of("a,\"b\nc,\"d\"\n") ==
        "1: [a]@1 column 3: The closing quotation mark of the field is not followed by a comma.\n"
        "2: [c]@1 [d]@3\n");
  CHECK(rows_of("\"a\"b,c\nd\n") ==
        "1: column 1: The closing quotation mark of the field is not followed by a comma.\n2: [d]@1\n");
}

TEST_CASE("a row that is too long is not examined") {
  CHECK(rows_of("abcdef\nab\n", 5) == "1: column 1: The row is longer than 5 bytes.\n2: [ab]@1\n");
  CHECK(rows_of("\"a\nbcdefg\"\nab\n", 5) ==
        "1: column 1: The row is longer than 5 bytes.\n2: column 1: The row is longer than 5 bytes.\n3: [ab]@1\n");
}

TEST_CASE("a written field is read back unchanged") {
  CHECK(written("plain") == "plain");
  CHECK(written("") == "");
  CHECK(written("a,b") == "\"a,b\"");
  CHECK(written("say \"a\"") == "\"say \"\"a\"\"\"");
  CHECK(written(" a") == "\" a\"");
  CHECK(written("a\t") == "\"a\t\"");
  CHECK(written("a\nb") == "\"a\nb\"");
}
