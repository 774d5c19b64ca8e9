// Reads a SIP2 log message by message and determines whether each can be read, before anything is decoded.
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

// Where a SIP2 message begins and ends in a line of a log.

struct Sip2Start {
  const Sip2Code* code = nullptr;  ///< null if no message begins there
  std::size_t at = 0;
  std::size_t fields_at = 0;  ///< offset after the fixed part

  [[nodiscard]] std::size_t fixed_bytes() const { return fields_at - at - code->digits.size(); }
};

/// Finds the message that `line` begins with, or that comes after what logs write before messages.
Sip2Start find_sip2_start(std::string_view line);

/// Returns the end of the record that `line` begins with: if a line end was lost or two programs wrote at once, a line
/// holds several. A message ends after a correct checksum, or before another message with a date that begins after the
/// first `|`. Examines each byte up to there a few times.
std::size_t end_of_sip2_record(std::string_view line);

/// Returns whether `line` holds a message with a date, or a login: no other text looks like one.
bool has_sip2_message(std::string_view line);

enum class Sip2Says : std::uint8_t {
  request,      ///< a checkout, check-in or renewal
  unsupported,  ///< a request that offcirc does not load
  answer,       ///< a server response to a checkout, check-in or renewal
  nothing,      ///< any other message, or an empty line
  unreadable,
};

class Sip2Reader {
 public:
  /// An ID that fits its pattern in `ids` is known to hold nothing but an ID.
  Sip2Reader(std::string_view text, const IdPatterns& ids)
      : m_lines(text, LineEnds::cr_too), m_end(text.data() + text.size()), m_ids(ids) {}

  /// Reads the next record; returns false at the end.
  bool next();

  [[nodiscard]] Sip2Says says() const { return m_says; }
  /// The message or, if the record is unreadable, whatever could be read of it.
  [[nodiscard]] const Sip2Message& message() const { return m_message; }
  /// \pre says() is `unreadable`. The column counts from the start of the line.
  [[nodiscard]] const LineTrouble& trouble() const { return *m_trouble; }
  [[nodiscard]] std::uint32_t line_number() const { return m_lines.line_number(); }
  /// The record without possible passwords.
  [[nodiscard]] std::string kept_text() const;
  /// The same for the message alone: without what the log wrote before it and without its checksum.
  [[nodiscard]] std::string kept_message() const;

  /// For a request: the due date of a checkout or renewal that was done offline, or the return date of a check-in if it
  /// differs from its transaction date; otherwise none.
  [[nodiscard]] Stamp second_date() const { return m_second_date; }
  /// Empty if the ID is missing or may hold a password.
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
  bool m_is_cut = false;  // nothing proves that the piece is complete
};

}  // namespace offcirc
