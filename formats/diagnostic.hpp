// Problems with one place in a text or with one line, and notes about a log as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

/// What is wrong with one place in a text: its line, its column, and a sentence for the person who has to fix it. The
/// sentence names the field and what was expected; it never repeats the line, because logs can hold passwords.
struct Diagnostic {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the whole line
  std::string message;
  /// Hash of the record's decoded bytes and of their number, after everything that may be a secret was dropped
  /// (content_of_unreadable). Intake computes the identity from it.
  std::uint64_t content = 0;
  Identity identity = {};  ///< computed by intake
  // What could be read of the record, for staff looking for what was lost; never a PIN or password. Text lives in the
  // log or its arena.
  Stamp recorded = {};            ///< by the station's clock; form: civil, absolute or none
  std::string_view user_id = {};  ///< trimmed; empty if it can't be read
  std::string_view item_id = {};
  bool is_doubtful = false;  ///< a failed checksum, a cut-off record or damaged bytes: time and IDs may be wrong
};

// Something about a log as a whole that staff should know, said once instead of on each of its lines.

/// `code` is the code of an outcome, or one of its own such as `cut-short`. `message` and `action` are sentences.
struct LogNote {
  std::string code;
  std::string message;
  std::string action;
};

struct LineTrouble {
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the whole line
  std::string message;
  bool is_damage = false;  ///< bytes are lost or wrong, so whatever could be read is doubtful
};

/// `at` counts from 0. damage_at() sets `is_damage`.
LineTrouble trouble_at(std::size_t at, std::string message);
LineTrouble damage_at(std::size_t at, std::string message);

/// Returns a problem if `line` is a block of NUL bytes or is longer than k_max_line_bytes.
std::optional<LineTrouble> find_size_trouble(std::string_view line);

/// For a line followed by a block of NUL bytes, in a format whose records do not show that they are complete.
LineTrouble cut_by_zeros(std::string_view line);

/// For a last line without a line end, in a format whose records do not show that they are complete.
LineTrouble cut_at_end(std::string_view line);

/// For a line of nothing but padding, in a format that pads the ends of records.
LineTrouble only_blanks_left();

/// For a line that follows a block of NUL bytes, in a format whose records may begin with anything.
LineTrouble begun_by_zeros();

/// Returns a problem, with column and byte value, if `line` holds a control character other than a tab.
std::optional<LineTrouble> find_byte_trouble(std::string_view line);

}  // namespace offcirc
