// Reads a SIP2 log message by message and says of each whether it can be read, before any of it is decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"
#include "formats/line_reader.hpp"
#include "formats/sip2_message.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

// Where in a line of a log a SIP2 message begins, and where it ends.

struct Sip2Start {
  const Sip2Code* code = nullptr;  ///< null: no message begins there
  std::size_t at = 0;
  std::size_t fields_at = 0;  ///< after its fixed part

  [[nodiscard]] std::size_t fixed_bytes() const { return fields_at - at - code->digits.size(); }
};

/// The message that `line` begins with, or that follows what logs write before messages.
Sip2Start find_sip2_start(std::string_view line);

/// Where the record ends that `line` begins with: where a line end was lost, or two programs wrote at once, several
/// follow one another. A right checksum ends a message, and so does another one with a date in it that begins
/// after the first `|`. Costs a few looks at each byte up to there.
std::size_t end_of_sip2_record(std::string_view line);

/// Whether a message with a date in it, or a login, is in the line: no other text looks like one.
bool has_sip2_message(std::string_view line);

// Reads a SIP2 log message by message and says of each whether it can be read, before anything of it is decoded.

enum class Sip2Says : std::uint8_t {
  request,      ///< a checkout, check-in or renewal
  unsupported,  ///< a request that offcirc does not load
  answer,       ///< of the server, to one of the first
  nothing,      ///< another message, or an empty line
  unreadable,
};

class Sip2Reader {
 public:
  /// `ids`: an ID that fits the config's pattern holds nothing but an ID.
  Sip2Reader(std::string_view text, const IdPatterns& ids)
      : m_lines(text, LineEnds::cr_too), m_end(text.data() + text.size()), m_ids(ids) {}

  /// The next record, or false at the end.
  bool next();

  [[nodiscard]] Sip2Says says() const { return m_says; }
  /// What could be read, where the record is unreadable.
  [[nodiscard]] const Sip2Message& message() const { return m_message; }
  /// Of an unreadable record; the column counts from the start of the line.
  [[nodiscard]] const LineTrouble& trouble() const { return *m_trouble; }
  [[nodiscard]] std::uint32_t line_number() const { return m_lines.line_number(); }
  /// The record without what may be a password.
  [[nodiscard]] std::string kept_text() const;
  /// The same of the message alone: without what the log wrote before it and without its checksum.
  [[nodiscard]] std::string kept_message() const;

  /// Of a request: the due date of a checkout or renewal that was done offline, the date of discharge of a check-in
  /// that is not its transaction date; else none.
  [[nodiscard]] Stamp second_date() const { return m_second_date; }
  /// Empty where the ID is not there, or may hold a password.
  [[nodiscard]] std::string_view id(std::string_view code) const;

 private:
  using Trouble = std::optional<LineTrouble>;

  Trouble find_trouble();
  Trouble find_trouble_of_request();
  Trouble read_dates();
  [[nodiscard]] Trouble find_missing_field() const;
  [[nodiscard]] Trouble find_hidden_password() const;
  [[nodiscard]] Trouble find_cut() const;
  [[nodiscard]] LineTrouble no_date(std::string_view name, std::string_view value) const;
  [[nodiscard]] LineTrouble missing(std::string_view field) const;
  [[nodiscard]] std::size_t hidden_secret(std::string_view code, std::string_view value) const;
  [[nodiscard]] std::size_t place_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - m_piece.data());
  }

  LineReader m_lines;
  const char* m_end;
  const IdPatterns& m_ids;
  std::string_view m_piece;
  Sip2Message m_message;
  Sip2Says m_says = Sip2Says::nothing;
  Stamp m_second_date;
  Trouble m_trouble;
  bool m_is_cut = false;  // nothing shows that the piece goes on no further
};

}  // namespace offcirc
