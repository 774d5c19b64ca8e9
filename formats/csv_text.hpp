// CSV as RFC 4180 defines it, and the separators that spreadsheets use instead of the comma. For logs, data files and
// the map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// What a spreadsheet puts between the fields of a CSV log: a comma, or in many countries a semicolon, or a tab.

struct CsvDialect {
  char separator = ',';
  bool has_separator_line = false;  ///< the first line is `sep=;`, which tells Excel, and stands before the header row
};

/// What a line such as `sep=;` says, with a comma, a semicolon or a tab; none of any other line.
std::optional<char> said_separator(std::string_view line);

/// Of a log that begins with `head`: what its first line says, else what parts its header row into the most columns of
/// the plain log format.
CsvDialect csv_dialect_of(std::string_view head);

// CSV as RFC 4180 has it: the text of a table to rows of fields, and back. Used for logs, data files and the map alike.

/// Fields may be quoted, with `""` for a quote, and hold line breaks then; lines end in LF or CR LF; a UTF-8 byte order
/// mark before the first is skipped. An empty line is a row of one empty field.
class CsvReader {
 public:
  struct Field {
    std::string_view
        text;  ///< valid until the next call of next() where the field was quoted, else as long as the text
    std::uint32_t column = 0;  ///< of its first byte in its line, in bytes, from 1
  };
  struct Row {
    std::uint32_t line = 0;  ///< of its first byte, from 1
    std::vector<Field> fields;
    /// Why the row is no CSV: a quote that is not closed, text behind a closing quote, more bytes than a row may have,
    /// or a block of zeros, which
    /// ends a row and is one, and what stands behind it in its line. Then `fields` has what stands before it; the
    /// reader goes on behind the line that the trouble begins in, so that a quote too many costs one line and not the
    /// rest of the table.
    std::optional<std::string> error;
    std::uint32_t error_column = 0;
    bool ends_with_newline = true;
  };

  /// A row of more than `max_row_bytes` is an error, and not looked at. `separator`: a comma, a semicolon or a tab.
  explicit CsvReader(std::string_view text, std::size_t max_row_bytes = SIZE_MAX, char separator = ',');
  /// The next row, or false at the end.
  bool next(Row& row);
  /// `field`, of the last row, is not as long valid as the text.
  [[nodiscard]] bool is_unquoted(std::string_view field) const;

 private:
  void fail_at_zeros(std::string_view line, std::size_t zeros, Row& row);
  void split_plain(std::string_view line, Row& row);
  void split_quoted(Row& row);
  bool read_quoted_field(Row& row);
  [[nodiscard]] std::size_t closing_quote(std::size_t at) const;
  void count_lines(std::size_t from, std::size_t until);
  void read_plain_field(Row& row);
  void fail(Row& row, std::string why, std::size_t at);
  [[nodiscard]] std::uint32_t column_of(std::size_t at) const;
  void go_behind_line(std::size_t at, Row& row);

  std::string_view m_text;
  std::size_t m_max_row_bytes;
  char m_separator;
  std::size_t m_at = 0;
  std::optional<std::size_t> m_newline;  // the next one at or after m_at, unless it lies before it
  std::size_t m_row_start = 0;
  std::size_t m_line_start = 0;
  std::uint32_t m_line = 1;
  std::deque<std::string> m_unquoted;  // of the row; a deque, since short strings must not move
};

/// Appends `field` in quotes where it needs them (comma, quote, CR, LF, or a blank at either end).
void append_csv_field(std::string& row, std::string_view field);

}  // namespace offcirc
