// What is wrong with one place of a text: the line, the column, and a sentence for the person who has to mend it.
#pragma once

#include <cstdint>
#include <string>

#include "formats/transaction.hpp"

namespace offcirc {

/// The sentence names the field and what was expected; it never repeats the line (logs can hold passwords).
struct Diagnostic {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the line as a whole
  std::string message;
  Identity identity;  ///< of the record that can't be read
};

}  // namespace offcirc
