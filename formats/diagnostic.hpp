// What is wrong with one place of a text: the line, the column, and a sentence for the person who has to fix it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

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

}  // namespace offcirc
