// What logs with one record a line have in common: a format that derives from it says only what a line means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/line_trouble.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

/// Empty lines are blank; too long ones and those with control bytes are unreadable, and never come to read_line().
class LineParser : public LogParser {
 public:
  LineParser(const LineReader& lines, const LogContext& context) : m_lines(lines), m_context(context) {}

  bool next(Record& record) final;

 protected:
  enum class Says : std::uint8_t { nothing, transaction };

  /// Fills `transaction` but for its line and identity; or says that the line is blank. Where it can't be read,
  /// `transaction` holds the time, user ID and item ID as far as they are known.
  virtual std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) = 0;

  /// What may be kept of a line that can't be read: all of it, in formats that hold no passwords.
  virtual std::string without_secrets(std::string_view line) { return std::string(line); }

  /// Where within `line`, which can't be read as one record, another one begins beyond doubt; not 0. npos: nowhere.
  [[nodiscard]] virtual std::size_t find_next_record(std::string_view /*line*/) const { return std::string_view::npos; }

  /// A block of zeros stands behind the line.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_lines.is_cut_by_zeros(); }
  [[nodiscard]] const LogContext& context() const { return m_context; }

 private:
  bool read_record(std::string_view line, Record& record);
  std::optional<LineTrouble> read(std::string_view line, Transaction& transaction, Says& says);

  LineReader m_lines;
  LogContext m_context;
  Transaction m_new_transaction;  // copying one is quicker than clearing so many bytes
};

}  // namespace offcirc
