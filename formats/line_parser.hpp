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
  /// `format` is the name of the format: no record of another one has the same identity.
  LineParser(std::string_view format, const LineReader& lines, const LogContext& context)
      : m_format(format), m_unreadable(m_format + " unreadable"), m_lines(lines), m_context(context) {}

  bool next(Record& record) final;

 protected:
  enum class Says : std::uint8_t { nothing, transaction };

  /// Fills `transaction` but for its line and identity, and adds to hash() what makes it this one; or says that the
  /// line is blank. Where it can't be read, `transaction.recorded` is its time if that at least is known.
  virtual std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) = 0;

  /// Adds what makes the line, which can't be read, this one: all of it, in formats that hold no passwords.
  virtual void hash_unreadable(std::string_view line) { m_hash.add(line); }

  /// Where within `line`, which can't be read as one record, another one begins beyond doubt; not 0. npos: nowhere.
  [[nodiscard]] virtual std::size_t find_next_record(std::string_view /*line*/) const { return std::string_view::npos; }

  /// A block of zeros stands behind the line.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_lines.is_cut_by_zeros(); }
  [[nodiscard]] const LogContext& context() const { return m_context; }
  [[nodiscard]] ContentHash& hash() { return m_hash; }

 private:
  bool read_record(std::string_view line, Record& record);
  std::optional<LineTrouble> read(std::string_view line, Transaction& transaction, Says& says);

  std::string m_format;
  std::string m_unreadable;
  LineReader m_lines;
  LogContext m_context;
  ContentHash m_hash;
  Transaction m_new_transaction;  // copying one is quicker than clearing so many bytes
};

}  // namespace offcirc
