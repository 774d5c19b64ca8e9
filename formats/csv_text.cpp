#include "formats/csv_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <utility>

#include "formats/csv_columns.hpp"
#include "formats/diagnostic.hpp"
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
  return std::count_if(row.fields.begin(), row.fields.end(), [](const CsvReader::Field& field) {
    return find_csv_column(trimmed_text(field.text)).has_value();
  });
}

}  // namespace

std::optional<char> said_separator(std::string_view line) {
  constexpr std::string_view k_prefix = "sep=";
  const bool says = line.size() == k_prefix.size() + 1 && equal_ignoring_case(line.substr(0, 4), k_prefix);
  if (!says || std::find(k_separators.begin(), k_separators.end(), line.back()) == k_separators.end()) return {};
  return line.back();
}

CsvDialect csv_dialect_of(std::string_view head) {
  LineReader lines(head);
  std::string_view first;
  if (!lines.next(first)) return {};
  if (const auto said = said_separator(first)) return {*said, true};
  CsvDialect dialect;
  std::ptrdiff_t most = 0;
  for (const char separator : k_separators) {
    const std::ptrdiff_t columns = known_columns(first, separator);
    if (columns > most) dialect.separator = separator;
    most = std::max(most, columns);
  }
  return dialect;
}

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

bool contains(std::string_view text, char c) {
  return !text.empty() && std::memchr(text.data(), c, text.size()) != nullptr;
}

std::string_view name_of(char separator) {
  if (separator == ',') return "a comma";
  return separator == ';' ? "a semicolon" : "a tab";
}

// The offset of the first block of NUL bytes in `line`; the size of `line` if there is none.
std::size_t find_block_of_zeros(std::string_view line) {
  static constexpr std::array<char, k_block_of_zeros> k_zeros{};
  if (!contains(line, '\0')) return line.size();
  return std::min(line.find(std::string_view(k_zeros.data(), k_zeros.size())), line.size());
}

std::string_view without_carriage_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string without_doubled_quotes(std::string_view quoted) {
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    text += quoted[i];
    if (quoted[i] == '"') ++i;
  }
  return text;
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::size_t max_row_bytes, char separator)
    : m_text(text), m_max_row_bytes(max_row_bytes), m_separator(separator) {
  if (m_text.starts_with(k_byte_order_mark)) m_at = m_line_start = k_byte_order_mark.size();
}

bool CsvReader::next(Row& row) {
  row.line = m_line;
  row.fields.clear();
  row.error.reset();
  row.error_column = 0;
  row.ends_with_newline = true;
  if (m_at >= m_text.size()) return false;
  if (!m_unquoted.empty()) m_unquoted.clear();

  m_row_start = m_at;
  const char before = m_at == 0 ? '\n' : m_text[m_at - 1];
  if (before == '\n') m_line_start = m_at;
  // If NUL bytes cut a line into many rows, its end is searched for only once.
  if (!m_newline || *m_newline < m_at) m_newline = std::min(m_text.find('\n', m_at), m_text.size());
  const std::string_view line = m_text.substr(m_at, *m_newline - m_at);
  if (const std::size_t zeros = find_block_of_zeros(line); zeros < line.size()) {
    fail_at_zeros(line, zeros, row);
  } else if (before == '\0') {
    fail(row, begun_by_zeros().message, m_at);
  } else if (line.size() > m_max_row_bytes) {
    fail(row, fmt::format("The row is longer than {} bytes.", m_max_row_bytes), m_at);
  } else if (contains(line, '"')) {
    split_quoted(row);
  } else {
    split_plain(without_carriage_return(line), row);
    go_behind_line(m_at + line.size(), row);
  }
  return true;
}

// A block of NUL bytes is a row of its own: the row before it ends where it begins, and the text after it is another
// row.
void CsvReader::fail_at_zeros(std::string_view line, std::size_t zeros, Row& row) {
  row.ends_with_newline = false;
  if (zeros > 0) {
    row.error = cut_by_zeros(line.substr(0, zeros)).message;
    row.error_column = column_of(m_at + zeros);
    m_at += zeros;
    return;
  }
  const std::size_t size = std::min(line.find_first_not_of('\0'), line.size());
  row.error = find_size_trouble(line.substr(0, size))->message;
  row.error_column = column_of(m_at);
  if (without_carriage_return(line).size() > size) {
    m_at += size;
  } else {
    go_behind_line(m_at + line.size(), row);
  }
}

bool CsvReader::is_unquoted(std::string_view field) const {
  const std::less<const char*> before;
  const bool in_text = !before(field.data(), m_text.data()) && !before(m_text.data() + m_text.size(), field.data());
  return !field.empty() && !in_text;
}

void CsvReader::split_plain(std::string_view line, Row& row) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != m_separator) continue;
    row.fields.push_back({line.substr(start, i - start), column_of(m_at + start)});
    start = i + 1;
  }
  row.fields.push_back({line.substr(start), column_of(m_at + start)});
}

void CsvReader::split_quoted(Row& row) {
  for (;;) {
    if (m_at < m_text.size() && m_text[m_at] == '"') {
      if (!read_quoted_field(row)) return;
    } else {
      read_plain_field(row);
    }
    if (m_at >= m_text.size() || m_text[m_at] != m_separator) break;
    ++m_at;
  }
  // Only a line end is left, because both kinds of field stop at nothing else.
  go_behind_line(m_at, row);
}

// Leaves m_at at the separator or line end after the field.
void CsvReader::read_plain_field(Row& row) {
  const std::array stops = {m_separator, '\n'};
  const auto stop = std::min(m_text.find_first_of(std::string_view(stops.data(), stops.size()), m_at), m_text.size());
  std::string_view field = m_text.substr(m_at, stop - m_at);
  if (stop == m_text.size() || m_text[stop] == '\n') field = without_carriage_return(field);
  row.fields.push_back({field, column_of(m_at)});
  m_at = stop;
}

// Leaves m_at at the separator or line end after the closing quote. Returns false if the row is not CSV.
bool CsvReader::read_quoted_field(Row& row) {
  const std::size_t open = m_at;
  const std::size_t close = closing_quote(open + 1);
  if (close == std::string_view::npos) {
    fail(row, "The opening quotation mark of the field has no closing one.", open);
    return false;
  }
  if (close - m_row_start > m_max_row_bytes) {
    fail(row, fmt::format("The row is longer than {} bytes.", m_max_row_bytes), open);
    return false;
  }
  const std::string_view behind = m_text.substr(close + 1, 2);
  if (!behind.empty() && behind[0] != m_separator && behind[0] != '\n' && behind != "\r\n" && behind != "\r") {
    fail(row, fmt::format("The closing quotation mark of the field is not followed by {}.", name_of(m_separator)),
         open);
    return false;
  }
  const std::string_view quoted = m_text.substr(open + 1, close - open - 1);
  row.fields.push_back(
      {contains(quoted, '"') ? m_unquoted.emplace_back(without_doubled_quotes(quoted)) : quoted, column_of(open)});
  count_lines(open, close);
  m_at = close + (behind.starts_with('\r') ? 2 : 1);
  return true;
}

// The offset of the closing quote: the first that is not doubled; npos if there is none. If it is too far away, returns
// any offset beyond the limit.
std::size_t CsvReader::closing_quote(std::size_t at) const {
  for (;; at += 2) {
    at = m_text.find('"', at);
    if (at == std::string_view::npos || at - m_row_start > m_max_row_bytes) return at;
    if (at + 1 >= m_text.size() || m_text[at + 1] != '"') return at;
  }
}

void CsvReader::count_lines(std::size_t from, std::size_t until) {
  for (std::size_t i = from; i < until; ++i) {
    if (m_text[i] != '\n') continue;
    ++m_line;
    m_line_start = i + 1;
  }
}

// Reading resumes after the line that contains `at`.
void CsvReader::fail(Row& row, std::string why, std::size_t at) {
  row.error = std::move(why);
  row.error_column = column_of(at);
  go_behind_line(std::min(m_text.find('\n', at), m_text.size()), row);
}

std::uint32_t CsvReader::column_of(std::size_t at) const {
  return static_cast<std::uint32_t>(at - m_line_start + 1);
}

// `at` is the offset of the newline, or the end of the text.
void CsvReader::go_behind_line(std::size_t at, Row& row) {
  row.ends_with_newline = at < m_text.size();
  m_at = std::min(at + 1, m_text.size());
  if (row.ends_with_newline) ++m_line;
}

void append_csv_field(std::string& row, std::string_view field) {
  const bool blank_at_end =
      !field.empty() && (field.front() == ' ' || field.back() == ' ' || field.front() == '\t' || field.back() == '\t');
  if (!blank_at_end && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    row += field;
    return;
  }
  row += '"';
  for (const char c : field) {
    if (c == '"') row += '"';
    row += c;
  }
  row += '"';
}

}  // namespace offcirc
