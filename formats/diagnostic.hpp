// What is wrong with a place of a text, with a line, or worth knowing about a log as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

// What is wrong with one place of a text: the line, the column, and a sentence for the person who has to fix it.

/// The sentence names the field and what was expected; it never repeats the line (logs can hold passwords).
struct Diagnostic {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the line as a whole
  std::string message;
  /// Hash of the record's bytes, decoded, and of their number, after everything that may be a secret was dropped
  /// (content_of_unreadable). Intake makes the identity of it.
  std::uint64_t content = 0;
  Identity identity = {};  ///< computed by intake
  // What could be read of it, for staff who look for what was lost; never a PIN or password. Text lives in the log or
  // its arena.
  Stamp recorded = {};            ///< by the station's clock: civil, absolute, or none
  std::string_view user_id = {};  ///< trimmed; empty if it can't be read
  std::string_view item_id = {};
  bool is_doubtful = false;  ///< a failed checksum, a cut or damaged bytes: time and IDs may be wrong
};

// Something about a log as a whole that staff should know, said once and not on each of its lines.

/// `code` is that of an outcome, or one of its own such as `cut-short`. Message and action are sentences.
struct LogNote {
  std::string code;
  std::string message;
  std::string action;
};

// Why a line of a log, or a field of it, can't be read; and what no line of any format may be.

struct LineTrouble {
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the line as a whole
  std::string message;
  bool is_damage = false;  ///< bytes are lost or wrong, so what could be read of the line is doubtful
};

/// `at` counts from 0.
LineTrouble trouble_at(std::size_t at, std::string message);
LineTrouble damage_at(std::size_t at, std::string message);

/// Of a block of zeros, and of a line that is longer than k_max_line_bytes.
std::optional<LineTrouble> find_size_trouble(std::string_view line);

/// Of a line that a block of zeros follows, in a format whose records do not show that they are whole.
LineTrouble cut_by_zeros(std::string_view line);

/// Of the last line without its line end, in a format whose records do not show that they are whole.
LineTrouble cut_at_end(std::string_view line);

/// Of a line of nothing but blanks, in a format whose records end in blanks.
LineTrouble only_blanks_left();

/// Of a line behind a block of zeros, in a format whose records may begin with anything.
LineTrouble begun_by_zeros();

/// Of a line that holds a control character other than a tab: its column and its value.
std::optional<LineTrouble> find_byte_trouble(std::string_view line);

}  // namespace offcirc
