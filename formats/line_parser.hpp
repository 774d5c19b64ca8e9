// What logs with one record a line have in common: a format that derives from it says only what a line means.
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

/// Empty lines are blank, lines that are too long are unreadable, and neither comes to read_line(). A line with control
/// bytes is unreadable too, but read_line() gets it for what can still be read of it.
class LineParser : public LogParser {
 public:
  LineParser(const LineReader& lines, const LogContext& context) : m_lines(lines), m_context(context) {}

  bool next(Record& record) final;
  [[nodiscard]] std::vector<LogNote> notes() const override { return m_notes; }

 protected:
  enum class Says : std::uint8_t { nothing, header, transaction };

  /// Fills `transaction` but for its line and identity; or says that the line is blank or a header. Where the line
  /// can't be read, `transaction` holds the time, user ID and item ID as far as they are known.
  virtual std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) = 0;

  /// What may be kept of a line that can't be read: all of it, in formats that hold no passwords.
  virtual std::string without_secrets(std::string_view line) { return std::string(line); }

  /// Where within `line`, which can't be read as one record, another one begins beyond doubt; not 0. npos: nowhere.
  /// It looks no further than it must to be sure of that place: a line may hold millions of records.
  [[nodiscard]] virtual std::size_t find_next_record(std::string_view /*line*/) const { return std::string_view::npos; }

  /// Records do not show that they are whole: without its line end the last one is unreadable.
  [[nodiscard]] virtual bool needs_line_end() const { return false; }

  /// Records may end in several of this character, so that a line of nothing else is what is left of one. NUL: of none.
  [[nodiscard]] virtual char padding() const { return '\0'; }

  /// A block of zeros stands behind the line.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_lines.is_cut_by_zeros(); }
  /// The log ends with the line, which has no line end.
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
  Transaction m_new_transaction;  // copying one is quicker than clearing so many bytes
  std::vector<LogNote> m_notes;
  bool m_lost_line_end_noted = false;
};

}  // namespace offcirc
