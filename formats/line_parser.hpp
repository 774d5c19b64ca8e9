// The base class of parsers for logs with one record per line: a derived class only says what a line means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"
#include "formats/record_identity.hpp"

namespace offcirc {

/// Empty lines are blank and overlong lines are unreadable; neither reaches read_line(). A line with control bytes is
/// unreadable too, but read_line() still receives it, to extract whatever is readable.
class LineParser : public LogParser {
 public:
  LineParser(const LineReader& lines, const LogContext& context) : m_lines(lines), m_context(context) {}

  bool next(Record& record) final;
  [[nodiscard]] std::vector<LogNote> notes() const override { return m_notes; }

 protected:
  enum class Says : std::uint8_t { nothing, header, transaction };

  /// Fills `transaction` except for its line and identity, or sets `says` to mark the line as blank or as a header. If
  /// the line can't be read, returns why; `transaction` then holds the time, user ID and item ID as far as they are
  /// known.
  virtual std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) = 0;

  /// The part of an unreadable line that may be kept: all of it, in formats that hold no passwords.
  virtual std::string without_secrets(std::string_view line) { return std::string(line); }

  /// For a `line` that can't be read as one record: the offset at which another record begins beyond doubt, never 0;
  /// npos if there is none. It must not scan farther than it takes to be sure of that offset: a line may hold millions
  /// of records.
  [[nodiscard]] virtual std::size_t find_next_record(std::string_view /*line*/) const { return std::string_view::npos; }

  /// True if records do not show that they are complete, so that the last one is unreadable without its line end.
  [[nodiscard]] virtual bool needs_line_end() const { return false; }

  /// The character that pads the ends of records: a line of nothing else is the remainder of a damaged record. NUL:
  /// records are not padded.
  [[nodiscard]] virtual char padding() const { return '\0'; }

  /// The line is followed by a block of NUL bytes.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_lines.is_cut_by_zeros(); }
  /// The line is the last of the log and has no line end.
  [[nodiscard]] bool lacks_line_end() const { return m_lines.lacks_line_end(); }
  [[nodiscard]] std::uint32_t line_number() const { return m_lines.line_number(); }
  [[nodiscard]] const LogContext& context() const { return m_context; }
  void add_note(LogNote note) { m_notes.push_back(std::move(note)); }

 private:
  bool read_record(std::string_view line, Record& record);
  std::optional<LineTrouble> read(std::string_view line, Transaction& transaction, Says& says);
  [[nodiscard]] std::optional<LineTrouble> read_blanks(std::string_view line) const;
  [[nodiscard]] std::uint64_t content_of_line(std::string_view line);
  void note_lost_line_end();

  LineReader m_lines;
  LogContext m_context;
  Transaction m_new_transaction;  // copying a blank one is faster than clearing so many bytes
  std::vector<LogNote> m_notes;
  bool m_lost_line_end_noted = false;
};

}  // namespace offcirc
