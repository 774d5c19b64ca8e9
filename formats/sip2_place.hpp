// Where in a line of a log a SIP2 message begins, and where it ends.
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/sip2_code.hpp"

namespace offcirc {

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

}  // namespace offcirc
