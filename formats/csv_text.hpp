// Reads and writes CSV as RFC 4180 defines it, with the separators that spreadsheets use instead of the comma. Used for
// logs, data files and the map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// What separates the fields of a CSV log: a comma or, in many countries, a semicolon or a tab.

struct CsvDialect {
  char separator = ',';
  bool has_separator_line = false;  ///< `sep=;`, which tells Excel, is the line before the header row
};

/// Returns the separator that a line such as `sep=;` names: a comma, a semicolon or a tab; nullopt for any other line.
std::optional<char> said_separator(std::string_view line);

/// Determines the dialect of a log that begins with `head`: the separator that its first line names or, failing that,
/// the one that splits its header row into the most columns of the plain log format.
CsvDialect csv_dialect_of(std::string_view head);

/// Splits the text of a table into rows of fields. A field may be quoted, with `""` for a quote, and may then hold line
/// breaks. Lines end in LF or CR LF. A UTF-8 byte order mark at the start is skipped. An empty line is a row of one
/// empty field.
class CsvReader {
 public:
  struct Field {
    std::string_view text;     ///< valid as long as the text or, if is_unquoted(), until next() is called
    std::uint32_t column = 0;  ///< position of its first byte in its line, in bytes, from 1
  };
  struct Row {
    std::uint32_t line = 0;  ///< number of its first line, from 1
    std::vector<Field> fields;
    /// Why the row is not CSV: an unclosed quote, text after a closing quote, more bytes than a row may have, or a
    /// block of NUL bytes. `fields` then has those parsed before the error. Reading resumes after the line in which the
    /// error begins, so that an extra quote costs one line and not the rest of the table. A block of NUL bytes ends a
    /// row and is itself an erroneous row, as is the text after it in its line.
    std::optional<std::string> error;
    std::uint32_t error_column = 0;
    bool ends_with_newline = true;
  };

  /// A row of more than `max_row_bytes` is an error and is not parsed. `separator`: a comma, a semicolon or a tab.
  explicit CsvReader(std::string_view text, std::size_t max_row_bytes = SIZE_MAX, char separator = ',');
  /// Reads the next row; returns false at the end.
  bool next(Row& row);
  /// Returns whether `field`, of the last row, was copied to replace `""`, so that it is only valid until the next call
  /// of next().
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
  std::optional<std::size_t> m_newline;  // the next newline at or after m_at; outdated if before m_at
  std::size_t m_row_start = 0;
  std::size_t m_line_start = 0;
  std::uint32_t m_line = 1;
  std::deque<std::string> m_unquoted;  // copied fields of the row; a deque, because short strings must not move
};

/// Appends `field`, quoted if necessary (comma, quote, CR, LF, or a space or tab at either end).
void append_csv_field(std::string& row, std::string_view field);

}  // namespace offcirc
