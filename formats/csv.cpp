// Reads the plain log format: a table of transactions, for paper downtime sheets, for `offcirc sort`, and for learning.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/csv_text.hpp"
#include "formats/csv_transaction.hpp"
#include "formats/diagnostic.hpp"
#include "formats/fields.hpp"
#include "formats/record_identity.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

std::ptrdiff_t known_columns(const CsvReader::Row& row) {
  return std::count_if(row.fields.begin(), row.fields.end(), [](const CsvReader::Field& field) {
    return find_csv_column(trimmed_text(field.text)).has_value();
  });
}

bool has_kind(const CsvReader::Row& row) {
  return std::any_of(row.fields.begin(), row.fields.end(), [](const CsvReader::Field& field) {
    return equal_ignoring_case(trimmed_text(field.text), "kind");
  });
}

// Returns whether the row names columns, including the kind, as no transaction does.
bool looks_like_header(const CsvReader::Row& row) {
  return has_kind(row) && known_columns(row) >= 2;
}

// Reads the columns that the header row names, or says what is wrong with it.
std::variant<std::vector<CsvColumn>, Diagnostic> read_header(const CsvReader::Row& row) {
  if (row.error) return Diagnostic{row.line, row.error_column, *row.error};
  std::vector<CsvColumn> columns;
  for (const CsvReader::Field& field : row.fields) {
    const std::string_view name = trimmed_text(field.text);
    const auto column = find_csv_column(name);
    if (!column) {
      return Diagnostic{row.line, field.column,
                        fmt::format("Unknown column {}: expected one of {}.", quoted(name), csv_column_list())};
    }
    if (std::find(columns.begin(), columns.end(), *column) != columns.end()) {
      return Diagnostic{row.line, field.column, fmt::format("The column {} appears twice in the header row.", name)};
    }
    columns.push_back(*column);
  }
  if (std::find(columns.begin(), columns.end(), CsvColumn::kind) == columns.end()) {
    return Diagnostic{row.line, 0, "The header row has no column kind."};
  }
  return columns;
}

class CsvParser : public LogParser {
 public:
  // `reader` has already read the header row, if there is one.
  CsvParser(CsvReader reader, CsvDialect dialect, std::vector<CsvColumn> columns, const LogContext& context)
      : m_reader(std::move(reader)),
        m_columns(std::move(columns)),
        m_context(context),
        m_blank_lines((dialect.has_separator_line ? 1U : 0U) + (m_columns.empty() ? 0U : 1U)) {
    m_cells.separator = dialect.separator;
  }

  bool next(Record& record) override {
    if (m_given_lines < m_blank_lines) {
      record = {++m_given_lines, Blank{}};
      return true;
    }
    if (!m_reader.next(m_row)) return false;
    record.line = m_row.line;
    record.content = Blank{};
    read_cells();
    if (m_row.error) {
      record.content = unreadable(m_row.error_column, *m_row.error, true);
    } else if (!is_empty()) {
      read_row(record);
    }
    return true;
  }

 private:
  [[nodiscard]] bool is_empty() const {
    return std::all_of(m_row.fields.begin(), m_row.fields.end(),
                       [&](const CsvReader::Field& field) { return m_context.decoder.trim(field.text).empty(); });
  }

  void read_cells() {
    m_cells.text = {};
    const std::size_t count = std::min(m_row.fields.size(), m_columns.size());
    for (std::size_t i = 0; i < count; ++i) {
      m_cells.text[static_cast<std::size_t>(m_columns[i])] = with_lf_only(trimmed(m_row.fields[i].text));
    }
  }

  // A line break within quotes is an LF, whatever the line ends of the file are.
  std::string_view with_lf_only(std::string_view cell) {
    if (cell.find('\r') == std::string_view::npos) return cell;
    std::string text(cell);
    std::erase(text, '\r');
    return m_context.arena.keep(text);
  }

  void read_row(Record& record) {
    if (looks_like_header(m_row)) return read_next_header(record);
    if (auto damage = find_damage()) {
      record.content = unreadable(damage->column, std::move(damage->message), true);
      return;
    }
    keep_cells();
    Transaction transaction;
    if (auto trouble = read_csv_transaction(m_cells, m_context, transaction)) {
      record.content = unreadable(column_of(trouble->column), std::move(trouble->message), false, transaction);
      return;
    }
    transaction.line = m_row.line;
    if (const auto origin = parse_identity(m_cells[CsvColumn::origin])) transaction.identity = *origin;
    record.content = transaction;
  }

  // Returns a problem if the row can't be what was originally written.
  [[nodiscard]] std::optional<LineTrouble> find_damage() const {
    if (m_row.fields.size() != m_columns.size()) {
      return LineTrouble{0, fmt::format("The row has {} fields: expected {}, as many as the header.",
                                        m_row.fields.size(), m_columns.size())};
    }
    if (!m_row.ends_with_newline && has_column(CsvColumn::origin)) {
      return LineTrouble{0, "The last line may be cut short: it has no line end. Load the whole log."};
    }
    for (const CsvReader::Field& field : m_row.fields) {
      if (const std::size_t at = find_control(field.text); at != std::string_view::npos) {
        return LineTrouble{field.column, fmt::format("Damaged: the field has byte {:02X}, which is not text.",
                                                     static_cast<unsigned char>(field.text[at]))};
      }
      if (holds_rows(field.text)) {
        return LineTrouble{field.column,
                           "Damaged: a quotation mark is missing or extra, so several rows are in one field."};
      }
    }
    return std::nullopt;
  }

  // With an extra quote at its front, a field continues into one of the following rows. By then it has passed every
  // column once, including the kind.
  [[nodiscard]] bool holds_rows(std::string_view field) const {
    if (field.find('\n') == std::string_view::npos) return false;
    const std::array stops = {m_cells.separator, '\n'};
    std::size_t separators = 0;
    bool has_kind = false;
    for (std::size_t at = 0; at <= field.size();) {
      const std::size_t end =
          std::min(field.find_first_of(std::string_view(stops.data(), stops.size()), at), field.size());
      has_kind = has_kind || find_typed_kind(trimmed(field.substr(at, end - at))).has_value();
      if (end < field.size() && field[end] != '\n') ++separators;
      at = end + 1;
    }
    return has_kind && separators + 1 >= m_columns.size();
  }

  // Another log was appended: its columns apply from here on.
  void read_next_header(Record& record) {
    auto header = read_header(m_row);
    if (auto* columns = std::get_if<std::vector<CsvColumn>>(&header)) {
      m_columns = std::move(*columns);
      record.content = Blank{.begins_section = true};
    } else {
      const Diagnostic& trouble = std::get<Diagnostic>(header);
      record.content = unreadable(trouble.column, trouble.message, false);
    }
  }

  // Within quotes, line breaks are text.
  static std::size_t find_control(std::string_view text) {
    const std::size_t first = find_control_byte(text);
    if (first == std::string_view::npos) return first;
    const auto is_damage = [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
    };
    const auto* const found = std::find_if(text.begin() + first, text.end(), is_damage);
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
  }

  // Decodes the cells, and copies to the arena what would not outlive the row.
  void keep_cells() {
    for (const CsvColumn column : m_columns) {
      std::string_view& cell = m_cells.text[static_cast<std::size_t>(column)];
      if (cell.empty()) continue;
      if (m_reader.is_unquoted(cell)) cell = m_context.arena.keep(cell);
      cell = trimmed_text(m_context.decoder.decode(cell));
    }
    m_cells.is_settled = has_column(CsvColumn::library_mismatch) && !m_cells[CsvColumn::origin].empty();
  }

  Diagnostic unreadable(std::uint32_t column, std::string message, bool is_damage) {
    keep_cells();
    Transaction partial;
    read_csv_transaction(m_cells, m_context, partial);
    return unreadable(column, std::move(message), is_damage, partial);
  }

  // The `origin` column is left out: an unreadable row does not stand in for the line it came from.
  Diagnostic unreadable(std::uint32_t column, std::string message, bool is_damage, const Transaction& partial) {
    std::string kept;
    for (std::size_t i = 0; i < m_row.fields.size(); ++i) {
      if (i < m_columns.size() && m_columns[i] == CsvColumn::origin) continue;
      kept.append(m_context.decoder.decode(trimmed(m_row.fields[i].text))).append(1, '\n');
    }
    std::erase(kept, '\r');  // from a line end within quotes
    if (m_row.error) kept += *m_row.error;
    return {.line = m_row.line,
            .column = column,
            .message = std::move(message),
            .content = content_of_unreadable(kept),
            .recorded = partial.recorded.says_when() ? partial.recorded : Stamp(),
            .user_id = partial.user_id,
            .item_id = partial.item_id,
            .is_doubtful = is_damage};
  }

  [[nodiscard]] bool has_column(CsvColumn column) const {
    return std::find(m_columns.begin(), m_columns.end(), column) != m_columns.end();
  }

  // Returns 0 if the log has no such column, or if the field begins on another line.
  [[nodiscard]] std::uint32_t column_of(CsvColumn column) const {
    const auto found = std::find(m_columns.begin(), m_columns.end(), column);
    return found == m_columns.end() ? 0 : m_row.fields[static_cast<std::size_t>(found - m_columns.begin())].column;
  }

  CsvReader m_reader;
  std::vector<CsvColumn> m_columns;  // as in the header, left to right
  LogContext m_context;
  CsvReader::Row m_row;
  CsvCells m_cells;
  std::uint32_t m_blank_lines;  // before the first row: the header, and the line that tells Excel the separator
  std::uint32_t m_given_lines = 0;
};

// Returns a reader whose next row is the header.
CsvReader reader_of(std::string_view text, CsvDialect dialect) {
  CsvReader reader(text, k_max_line_bytes, dialect.separator);
  CsvReader::Row separator_line;
  if (dialect.has_separator_line) reader.next(separator_line);
  return reader;
}

bool claims(std::string_view head) {
  CsvReader reader = reader_of(head, csv_dialect_of(head));
  CsvReader::Row row;
  return reader.next(row) && !row.error && looks_like_header(row);
}

// Recognizes a sheet that lacks the required column kind, or that has column names of its own.
std::string near_miss(std::string_view head, const IdPatterns& /*ids*/) {
  CsvReader reader = reader_of(head, csv_dialect_of(head));
  CsvReader::Row row;
  if (!reader.next(row) || row.error || row.fields.size() < 2) return {};
  if (has_kind(row)) {
    return "looks like a sheet in the format csv, but only the column kind of its header row is known. Other columns "
           "are recorded_at, library, user_id and item_id, for example.";
  }
  if (known_columns(row) < 2) return {};
  return "looks like a sheet in the format csv, but its header row has no column kind. Add it, with checkout, checkin, "
         "renewal, registration, payment or in-house-use in each row.";
}

OpenedLog open(std::string_view text, const LogContext& context) {
  const CsvDialect dialect = csv_dialect_of(text);
  CsvReader reader = reader_of(text, dialect);
  CsvReader::Row row;
  std::vector<CsvColumn> columns;
  if (reader.next(row)) {
    auto header = read_header(row);
    if (auto* trouble = std::get_if<Diagnostic>(&header)) return std::move(*trouble);
    columns = std::get<std::vector<CsvColumn>>(std::move(header));
  }
  return std::make_unique<CsvParser>(std::move(reader), dialect, std::move(columns), context);
}

}  // namespace

const LogFormat k_csv_format = {"csv",   "Plain CSV: paper downtime sheets, and what offcirc sort writes",
                                "csv",   false,
                                claims,  open,
                                false,   true,
                                nullptr, near_miss};

}  // namespace offcirc
